// What the theme leaves to be desired for those who use a keyboard or have pages read to them.
for (const block of document.querySelectorAll("pre, .table-wrapper, .architecture")) {
  if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
}
for (const caption of document.querySelectorAll(".caption[role=heading]")) {
  caption.setAttribute("aria-level", "2");
}
document.querySelector(".sidebar-drawer")?.setAttribute("aria-label", "Pages");
document.querySelector(".toc-drawer")?.setAttribute("aria-label", "On this page");
