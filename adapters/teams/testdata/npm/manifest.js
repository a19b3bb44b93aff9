// Reads {"manifest": …, "locals": […], "versions": […]} and prints what the
// published schemas say is wrong, one line each.
const fs = require('fs');
const path = require('path');
const Ajv = require('ajv-draft-04');

const dir = path.join(path.dirname(require.resolve('@microsoft/app-manifest')), 'json-schemas', 'teams');
const input = JSON.parse(fs.readFileSync(0, 'utf8'));

function check(version, file, value) {
  const schema = JSON.parse(fs.readFileSync(path.join(dir, 'v' + version, file), 'utf8'));
  delete schema.$schema;
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false });
  const valid = ajv.compile(schema);
  if (!valid(value)) for (const e of valid.errors) console.log(version, file, e.instancePath, e.message);
}

for (const version of input.versions) {
  const manifest = { ...input.manifest, manifestVersion: version };
  check(version, 'MicrosoftTeams.schema.json', manifest);
  for (const local of input.locals) check(version, 'MicrosoftTeams.Localization.schema.json', local);
}
