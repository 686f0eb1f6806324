// Programs under test: started as children, watched line by line, and stopped whatever happens.
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const WAIT_MAX_MS = 60_000;
const launcher = fileURLToPath(new URL('../../waybill', import.meta.url));

/** How to start the hub: `WAYBILL_SERVE` is a command as JSON, the launcher is what a user has. */
const serve = JSON.parse(process.env.WAYBILL_SERVE ?? 'null') ?? [launcher, 'serve'];

export class Program {
  #child;
  #lines = [];
  #waiting = new Set();

  /** Starts a program that is stopped when test `t` ends. */
  constructor(t, command, env = {}) {
    this.#child = spawn(command[0], command.slice(1), {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      this.#lines.push(line);
      for (const look of this.#waiting) look();
    });
    t.after(() => this.stop());
  }

  /** A hub on a port of its own, with nothing kept from before. */
  static hub(t, ...options) {
    const data = mkdtempSync(join(tmpdir(), 'waybill-example-'));
    return new Program(t, [...serve, '--port', '0', '--data', data, ...options]);
  }

  static hubOn(t, data, port) {
    return new Program(t, [...serve, '--port', `${port}`, '--data', data]);
  }

  static node(t, file, env) {
    return new Program(t, [process.execPath, file], env);
  }

  /** The lines that match, once there are so many of them. */
  lines(pattern, count = 1) {
    return new Promise((resolve, reject) => {
      const tooLate = setTimeout(() => {
        reject(new Error(`${count} lines like ${pattern} (heard: ${this.#lines.join(' | ')})`));
      }, WAIT_MAX_MS);
      const look = () => {
        const found = this.#lines.map((line) => line.match(pattern)).filter(Boolean);
        if (found.length >= count) {
          clearTimeout(tooLate);
          this.#waiting.delete(look);
          resolve(found);
        }
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** All that it has printed, once it has ended by itself. */
  output() {
    return new Promise((resolve, reject) => {
      const tooLate = setTimeout(() => reject(new Error(`ends (heard: ${this.#lines.join(' | ')})`)), WAIT_MAX_MS);
      this.#child.once('close', () => {
        clearTimeout(tooLate);
        resolve(this.#lines.join('\n'));
      });
    });
  }

  /** Resolves when the program has ended. */
  stop(signal = 'SIGTERM') {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      this.#child.once('exit', resolve);
      this.#child.kill(signal);
    });
  }
}
