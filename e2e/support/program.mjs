// Starts the program the way a newcomer does, on a free port and in a folder of its own, and reads from its
// output where it listens and who may sign in.
//
// What the demo prints, and this file reads:
//   listening http://127.0.0.1:PORT
//   account <name> <role> <password>

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PROGRAM = process.env.GONGZHI_PROGRAM ?? join(ROOT, "target/debug/gongzhi");
const START_MS_MAX = 120_000;
const STOP_MS_MAX = 10_000;

/** Starts `gongzhi demo`; gives its address, its accounts, and `stop()`, which also deletes its folder. */
export async function startDemo(words = []) {
  const folder = await mkdtemp(join(tmpdir(), "gongzhi-e2e-"));
  const child = spawn(PROGRAM, ["demo", "--data", folder, "--listen", "127.0.0.1:0", ...words], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = [];
  const accounts = [];
  const ended = new Promise((resolve) => child.once("close", resolve));
  const die = () => child.kill("SIGKILL");
  process.once("exit", die);

  const stop = async () => {
    process.off("exit", die);
    child.kill("SIGTERM");
    const late = setTimeout(die, STOP_MS_MAX);
    await ended;
    clearTimeout(late);
    await rm(folder, { recursive: true, force: true });
  };

  try {
    const address = await new Promise((resolve, reject) => {
      const fail = (why) => reject(new Error(`${why}; ${PROGRAM} demo said:\n${said.join("\n")}`));
      const late = setTimeout(() => fail(`no address within ${START_MS_MAX / 1000} s`), START_MS_MAX);
      const read = (line) => {
        said.push(line);
        const [word, ...rest] = line.trim().split(/\s+/);
        if (word === "account") accounts.push(account(rest));
        if (word === "listening") {
          clearTimeout(late);
          // Account lines may follow the address; leave the loop's turn to those already printed.
          setTimeout(() => resolve(rest[0].replace(/\/$/, "")), 200);
        }
      };
      createInterface({ input: child.stdout }).on("line", read);
      createInterface({ input: child.stderr }).on("line", (line) => said.push(line));
      child.once("error", (error) => fail(error.message));
      child.once("close", (code) => fail(`the program ended with code ${code}`));
    });
    return { address, accounts, folder, said, stop };
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
}

/** The role is one word and the password is the last; a name may have blanks. */
function account(words) {
  const password = words.at(-1);
  const role = words.at(-2);
  return { name: words.slice(0, -2).join(" "), role, password };
}
