// Shows the description of the API. Everything is put into the page as text, never as markup.

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function resolved(api, value) {
  if (!value || !value.$ref) return value;
  return value.$ref.slice(2).split('/').reduce((part, key) => part[key], api);
}

function typeOf(schema) {
  if (!schema) return '';
  if (schema.$ref) return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
  if (schema.enum) return schema.enum.map(String).join(' | ');
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' | ');
  const type = [schema.type].flat().join(' | ');
  return schema.items ? `${type} of ${typeOf(schema.items)}` : type;
}

function table(rows) {
  const made = element('table');
  for (const cells of rows) {
    const row = element('tr');
    cells.forEach((cell, i) => {
      const part = element(i ? 'td' : 'th');
      part.append(i === 2 ? cell : element('code', cell));
      row.append(part);
    });
    made.append(row);
  }
  return made;
}

function fields(api, schema, depth = 0) {
  const whole = resolved(api, schema);
  if (!whole) return [];
  if (whole.type === 'array' || [whole.type].flat().includes('array')) return fields(api, whole.items, depth);
  if (whole.anyOf) return whole.anyOf.flatMap((each) => fields(api, each, depth));
  const rows = [];
  for (const [name, field] of Object.entries(whole.properties ?? {})) {
    rows.push([`${'  '.repeat(depth)}${name}`, typeOf(field), field.description ?? '']);
    if (depth < 3) rows.push(...fields(api, field, depth + 1));
  }
  return rows;
}

function content(api, title, holder) {
  const part = document.createDocumentFragment();
  for (const [mediaType, { schema }] of Object.entries(holder ?? {})) {
    part.append(element('h4', `${title}: ${mediaType}`));
    const rows = fields(api, schema);
    part.append(rows.length ? table(rows) : element('p', typeOf(schema)));
  }
  return part;
}

function operation(api, path, shared, method, described) {
  const made = element('details');
  const summary = element('summary');
  summary.append(element('span', method.toUpperCase(), 'method'), element('code', path), element('span', described.summary, 'what'));
  const body = element('div');
  body.append(element('p', described.description));
  const parameters = [...shared, ...(described.parameters ?? [])].map((each) => resolved(api, each));
  if (parameters.length) {
    body.append(element('h4', 'Parameters'));
    body.append(table(parameters.map((each) => [each.name, typeOf(each.schema), each.description ?? 'In the path.'])));
  }
  body.append(content(api, 'Body', described.requestBody?.content));
  for (const [status, answer] of Object.entries(described.responses)) {
    const whole = resolved(api, answer);
    if (status < 300) body.append(content(api, `Answer ${status}`, whole.content));
  }
  const others = Object.entries(described.responses).filter(([status]) => status >= 300);
  if (others.length) {
    body.append(element('h4', 'Other answers'));
    body.append(table(others.map(([status, answer]) => [status, '', resolved(api, answer).description])));
  }
  made.append(summary, body);
  return made;
}

async function show() {
  const place = document.getElementById('operations');
  const answer = await fetch('v1/openapi.json');
  if (!answer.ok) {
    place.textContent = `The description cannot be loaded (${answer.status}).`;
    return;
  }
  const api = await answer.json();
  document.getElementById('title').textContent = `${api.info.title}: API`;
  document.getElementById('about').textContent = api.info.description;
  for (const { name } of api.tags) {
    place.append(element('h2', name));
    for (const [path, item] of Object.entries(api.paths)) {
      for (const method of METHODS.filter((each) => item[each]?.tags.includes(name))) {
        place.append(operation(api, path, item.parameters ?? [], method, item[method]));
      }
    }
  }
}

show();
