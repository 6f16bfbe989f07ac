// The sandbox's own interface, the same that tests use.

export class Refused extends Error {}

async function read(response) {
  const body = await response.json();
  if (!response.ok) throw new Refused(body.error ?? `The sandbox answered ${response.status}.`);
  return body;
}

export async function get(name, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return read(await fetch(`/_/${name}?${new URLSearchParams(given)}`));
}

export async function post(name, fields = {}) {
  const headers = { "content-type": "application/json" };
  return read(await fetch(`/_/${name}`, { method: "POST", headers, body: JSON.stringify(fields) }));
}

export function fileUrl(id) {
  return `/_/files/${encodeURIComponent(id)}`;
}
