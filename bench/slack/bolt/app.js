// The same small bot as ../subject: it claims each mention in Redis and
// answers in the thread. Bolt's default receiver acknowledges before the
// listener runs; that is left as it is.
const { App, LogLevel } = require('@slack/bolt')
const { createClient } = require('redis')

const env = process.env
const redis = createClient({ socket: { path: env.REDIS_SOCKET } })
const app = new App({
  token: env.SLACK_BOT_TOKEN, signingSecret: env.SLACK_SIGNING_SECRET, logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl: env.SLACK_API_URL, maxRequestConcurrency: 100 },
})
app.event('app_mention', async ({ event, client }) => {
  const mine = await redis.set(`claim:${event.channel}:${event.ts}`, '1', { NX: true, EX: 172800 })
  if (!mine) return
  await client.chat.postMessage({
    channel: event.channel, thread_ts: event.ts, text: 'Hello, how can I help?',
    blocks: [{ type: 'section', text: { type: 'plain_text', text: 'Hello, how can I help?' } }],
  })
})
redis.connect().then(() => app.start({ port: Number(env.PORT), host: '127.0.0.1' })).then(() => console.log('ready'))
