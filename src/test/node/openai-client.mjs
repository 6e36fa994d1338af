// The openai npm package against the packaged jar: node openai-client.mjs PATH/weir.jar
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import OpenAI from 'openai';

const jar = resolve(process.argv[2]);
const java = join(process.env.JAVA_HOME, 'bin', 'java');
const data = mkdtempSync(join(tmpdir(), 'weir-node-'));
const config = join(data, 'weir.yaml');
writeFileSync(config, 'emulator:\n  first_token: 1ms\n  per_token: 1ms\n');

const weir = spawn(java, ['-jar', jar, 'serve', '--port', '0', '--data', join(data, 'data'), '--config', config], {
  env: { PATH: process.env.PATH },
  stdio: ['ignore', 'pipe', 'inherit'],
});

function baseUrl() {
  return new Promise((found, failed) => {
    weir.once('exit', (code) => failed(new Error(`weir ended with ${code}`)));
    createInterface({ input: weir.stdout }).on('line', (line) => {
      const match = line.match(/base URL\s+(\S+)/);
      if (match) found(match[1]);
    });
  });
}

const messages = [{ role: 'user', content: 'Say something about rivers.' }];
let passed = 0;
async function check(name, body) {
  try {
    await body();
    passed += 1;
    console.log(`  ok  ${name}`);
  } catch (error) {
    console.error(`FAIL  ${name}`);
    throw error;
  }
}

try {
  const base = await baseUrl();
  const key = readFileSync(join(data, 'data', 'app.key'), 'utf8').trim();
  const admin = readFileSync(join(data, 'data', 'admin.key'), 'utf8').trim();
  const client = new OpenAI({ baseURL: base, apiKey: key });
  const plain = new OpenAI({ baseURL: base, apiKey: key, maxRetries: 0 });

  await check('a whole answer with its usage', async () => {
    const answer = await client.chat.completions.create({ model: 'gpt-4o-mini', messages });
    assert.ok(answer.choices[0].message.content.length > 0);
    assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens);
  });

  await check('three choices', async () => {
    const answer = await client.chat.completions.create({ model: 'gpt-4o-mini', messages, n: 3 });
    assert.equal(answer.choices.length, 3);
  });

  await check('a stream whose usage was asked for', async () => {
    const stream = await client.chat.completions.create({
      model: 'gpt-4o-mini', messages, stream: true, stream_options: { include_usage: true },
    });
    let usage = null;
    let text = '';
    for await (const chunk of stream) {
      usage = chunk.usage ?? usage;
      text += chunk.choices[0]?.delta?.content ?? '';
    }
    assert.ok(text.length > 0);
    assert.ok(usage.completion_tokens > 0);
  });

  await check('a stream whose usage was not asked for has none', async () => {
    const stream = await client.chat.completions.create({ model: 'gpt-4o-mini', messages, stream: true });
    for await (const chunk of stream) {
      assert.equal('usage' in chunk, false);
      assert.equal(chunk.choices.length, 1);
    }
  });

  await check('a tool call', async () => {
    const answer = await client.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: 'What is the weather in Berlin?' }],
      tools: [{
        type: 'function',
        function: {
          name: 'weather',
          parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
        },
      }],
      tool_choice: 'required',
    });
    const call = answer.choices[0].message.tool_calls[0];
    assert.equal(call.function.name, 'weather');
    assert.equal(typeof JSON.parse(call.function.arguments).city, 'string');
  });

  await check('a response, whole and streamed', async () => {
    const whole = await client.responses.create({ model: 'gpt-4o-mini', input: 'Hello' });
    assert.ok(whole.output_text.length > 0);
    const types = [];
    for await (const event of await client.responses.create({ model: 'gpt-4o-mini', input: 'Hello', stream: true })) {
      types.push(event.type);
    }
    assert.equal(types.at(0), 'response.created');
    assert.equal(types.at(-1), 'response.completed');
  });

  await check('embeddings, a legacy completion, a moderation, the models', async () => {
    const embedded = await client.embeddings.create({ model: 'text-embedding-3-small', input: ['one', 'two'] });
    assert.equal(embedded.data.length, 2);
    assert.equal(typeof embedded.data[0].embedding[0], 'number');
    const completed = await client.completions.create({ model: 'gpt-3.5-turbo-instruct', prompt: 'Once', max_tokens: 7 });
    assert.equal(completed.usage.completion_tokens, 7);
    const moderated = await client.moderations.create({ model: 'omni-moderation-latest', input: 'hello' });
    assert.equal(moderated.results.length, 1);
    const models = await client.models.list();
    assert.ok(models.data.some((model) => model.id === 'gpt-4o-mini'));
  });

  for (const [model, type] of [
    ['error-400', OpenAI.BadRequestError],
    ['error-401', OpenAI.AuthenticationError],
    ['error-403', OpenAI.PermissionDeniedError],
    ['error-404', OpenAI.NotFoundError],
    ['error-429', OpenAI.RateLimitError],
    ['error-500', OpenAI.InternalServerError],
    ['error-503', OpenAI.InternalServerError],
  ]) {
    await check(`${model} is ${type.name}`, () =>
      assert.rejects(plain.chat.completions.create({ model, messages }), (error) => error instanceof type));
  }

  await check('a wrong key is an AuthenticationError', async () => {
    const stranger = new OpenAI({ baseURL: base, apiKey: 'sk-wrong', maxRetries: 0 });
    await assert.rejects(stranger.models.list(), (error) =>
      error instanceof OpenAI.AuthenticationError && error.code === 'invalid_api_key');
  });

  await check('two failures are retried', async () => {
    const answer = await client.chat.completions.create({ model: 'flaky-2', messages });
    assert.ok(answer.choices[0].message.content.length > 0);
  });

  await check('a stream that breaks is an error', async () => {
    const stream = await plain.chat.completions.create({ model: 'dropped-stream', messages, stream: true });
    await assert.rejects(async () => {
      for await (const chunk of stream) assert.ok(chunk);
    });
  });

  await check('a stream that is given up is recorded as such', async () => {
    const stream = await client.chat.completions.create({
      model: 'stalled-stream', messages, stream: true,
    });
    for await (const chunk of stream) {
      assert.ok(chunk);
      stream.controller.abort();
      break;
    }
    const recorded = async () => {
      const answer = await fetch(`${base.replace(/\/v1$/, '')}/admin/api/calls?model=stalled-stream`, {
        headers: { authorization: `Bearer ${admin}` },
      });
      return (await answer.json()).calls?.[0];
    };
    let call = await recorded();
    for (let tries = 0; !call && tries < 100; tries += 1) {
      await new Promise((done) => setTimeout(done, 100));
      call = await recorded();
    }
    assert.equal(call.outcome, 'client_gone');
    assert.equal(call.usage_confidence, 'partial');
  });

  console.log(`${passed} checks passed`);
} finally {
  weir.removeAllListeners('exit');
  const ended = new Promise((done) => weir.once('exit', done));
  weir.kill('SIGTERM');
  await ended;
  rmSync(data, { recursive: true, force: true });
}
