// What an editor's language server offers and refuses: reads a request from standard input,
// {language, schema, file, text, line, character}, and prints {labels, documentation, problems}.
"use strict";
const fs = require("fs");
const path = require("path");

const modules = process.env.QANTAR_NODE_MODULES;
const load = (name) => require(modules ? path.join(modules, name) : name);
const { TextDocument } = load("vscode-languageserver-textdocument");
const request = JSON.parse(fs.readFileSync(0, "utf8"));
const schemaRequestService = (uri) => Promise.resolve(fs.readFileSync(new URL(uri), "utf8"));
const place = { line: request.line, character: request.character };

function jsonService() {
  const { getLanguageService } = load("vscode-json-languageservice");
  const service = getLanguageService({ schemaRequestService });
  service.configure({ validate: true, schemas: [{ fileMatch: ["*"], uri: request.schema }] });
  const document = TextDocument.create(request.file, "json", 1, request.text);
  const parsed = service.parseJSONDocument(document);
  return {
    complete: () => service.doComplete(document, place, parsed),
    check: () => service.doValidation(document, parsed),
  };
}

function yamlService() {
  const { getLanguageService } = load("yaml-language-server");
  const service = getLanguageService({
    schemaRequestService,
    workspaceContext: { resolveRelativePath: (relative, from) => new URL(relative, from).href },
  });
  service.configure({ validate: true, completion: true, hover: true });
  const document = TextDocument.create(request.file, "yaml", 1, request.text);
  return {
    complete: () => service.doComplete(document, place, false),
    check: () => service.doValidation(document, false),
  };
}

async function main() {
  const service = request.language === "json" ? jsonService() : yamlService();
  const offered = await service.complete();
  const problems = await service.check();
  const told = (item) => (item.documentation && item.documentation.value) || item.documentation;
  console.log(
    JSON.stringify({
      labels: offered.items.map((item) => item.label),
      documentation: Object.fromEntries(offered.items.map((item) => [item.label, told(item) || ""])),
      problems: problems.map((problem) => [problem.range.start.line, problem.message]),
    })
  );
}

main();
