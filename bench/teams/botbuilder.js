// Microsoft's botbuilder as a bot that takes messages in and answers nothing.
const http = require('http');
const { BotFrameworkAdapter } = require('botbuilder');

const [openid, appId, addr] = process.argv.slice(2);
const [host, port] = addr.split(':');
const adapter = new BotFrameworkAdapter({ appId, appPassword: 'secret', openIdMetadata: openid });
http.createServer((req, res) => {
  const chunks = [];
  req.on('data', (c) => chunks.push(c));
  req.on('end', () => {
    try { req.body = JSON.parse(Buffer.concat(chunks)); } catch (e) { res.writeHead(400); return res.end(); }
    let status = 200;
    const out = { status(s) { status = s; return out; }, send() { return out; }, end() { res.writeHead(status); res.end(); return out; }, header() { return out; } };
    adapter.processActivity(req, out, async () => {}).catch(() => { if (!res.writableEnded) { res.writeHead(status === 200 ? 401 : status); res.end(); } });
  });
}).listen(Number(port), host);
