// Who takes part: the slots of the record, or else what the row itself names.
function partyTable(place, id) {
  let parties = rowsOf("participants", "event_id", id);
  if (!parties.length) {
    parties = ["actor", "target"].filter((slot) => partyName(place, slot)).map((slot) => ({ slot, named: partyNamed(place, slot),
      actor_code: events.at(`${slot}_code`, place), actor_country_code: events.at(`${slot}_country_code`, place) }));
  }
  if (!parties.length) return h("p", {}, t("nobody"));
  return h("dl", { class: "facts" }, parties.map((party) => h("div", {},
    h("dt", {}, label("slot", party.slot)), h("dd", {}, partyTold(party)))));
}

function partyTold(party) {
  const actor = actorRows.get(party.actor_id);
  return [h("b", {}, party.named ?? actorNamed(party.actor_id)),
    party.associated && [" ", h("span", { class: "tag", title: t("associated.meaning") }, t("associated"))],
    party.actor_code && [" ", h("span", { class: "code" }, party.actor_code)],
    party.actor_country_code && [" · ", countryNamed(party.actor_country_code)],
    actor?.identified === false && ` · ${t("unnamed")}`,
    actor?.external_id && [" · ", registered(actor.external_id)]];
}
