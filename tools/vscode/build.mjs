// Bundles the extension into dist/extension.js, and the licences of what is in it.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const { metafile } = await build({
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  bundle: true,
  minify: true,
  metafile: true,
  platform: "node",
  target: "node18",
  external: ["vscode"],
});
writeFileSync("dist/ThirdPartyNotices.txt", notices(Object.keys(metafile.inputs)));

/** The licence of each package that the files are of. Fails if one has none. */
function notices(files) {
  const folders = files
    .map((file) => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0])
    .filter(Boolean);
  return [...new Set(folders)].sort().map(notice).join("\n");
}

function notice(folder) {
  const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const licence = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  if (!licence) throw new Error(`${folder} has no licence: find it, and say it here`);
  const text = readFileSync(`${folder}/${licence}`, "utf8").replace(/\r\n/g, "\n").trim();
  return `${name} ${version}\n\n${text}\n`;
}
