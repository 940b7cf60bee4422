// Filling in by keyboard alone: Tab, Shift+Tab, Space, Enter, arrows and typing.

const MOST_TABS = 500;

export class Keyboard {
  constructor(page) {
    this.page = page;
    this.keys = page.keyboard;
  }

  /** Press Tab until the element with that id has the focus, or another radio of its group. */
  async reach(id) {
    const direction = await this.page.evaluate((wanted) => {
      const target = document.getElementById(wanted);
      const order = document.activeElement.compareDocumentPosition(target);
      return order & Node.DOCUMENT_POSITION_PRECEDING ? "Shift+Tab" : "Tab";
    }, id);
    for (let count = 0; count < MOST_TABS; count += 1) {
      const there = await this.page.evaluate((wanted) => {
        const target = document.getElementById(wanted);
        const active = document.activeElement;
        return active === target || (target.type === "radio" && active.name === target.name);
      }, id);
      if (there) return;
      await this.keys.press(direction);
    }
    throw new Error(`the keyboard does not get to ${id}`);
  }

  async press(id) {
    await this.reach(id);
    await this.keys.press("Enter");
  }

  async type(id, text) {
    await this.reach(id);
    for (const [index, line] of text.split("\n").entries()) {
      if (index > 0) await this.keys.press("Enter");
      await this.keys.insertText(line);
    }
  }

  async date(id, day) {
    await this.reach(id);
    const [year, month, date] = day.split("-");
    await this.keys.type(month + date + year); // as `open` sets the language of the browser
  }

  async radio(id) {
    await this.reach(id);
    const steps = await this.page.evaluate((wanted) => {
      const target = document.getElementById(wanted);
      const group = [...document.getElementsByName(target.name)];
      return group.indexOf(target) - group.indexOf(document.activeElement);
    }, id);
    if (steps === 0) await this.keys.press("Space");
    for (let count = 0; count < Math.abs(steps); count += 1) {
      await this.keys.press(steps > 0 ? "ArrowDown" : "ArrowUp");
    }
  }

  async select(id, value) {
    await this.reach(id);
    const steps = await this.page.evaluate(
      ([wanted, chosen]) => {
        const { options, selectedIndex } = document.getElementById(wanted);
        return [...options].findIndex((option) => option.value === chosen) - selectedIndex;
      },
      [id, value],
    );
    for (let count = 0; count < steps; count += 1) await this.keys.press("ArrowDown");
  }

  /** Enter one value into the field of a section that has the path. */
  async enter(section, path, value) {
    const field = await this.page.evaluate(
      ([place, wanted]) => {
        const fields = [...document.querySelectorAll(`${place} [data-field]`)];
        const found = fields.find((one) => one.dataset.path === JSON.stringify(wanted).replaceAll(",", ", "));
        const controls = [...found.querySelectorAll("input, select, textarea")];
        return {
          kind: found.dataset.kind,
          controls: controls.map(({ id, value, type, dataset }) => ({ id, value, type, part: dataset.part })),
        };
      },
      [section, path],
    );
    const [first] = field.controls;
    const control = (one) => field.controls.find(one).id;
    if (field.kind === "boxes") return this.radio(control((one) => one.value === value));
    if (field.kind === "choice") return this.select(first.id, value);
    if (field.kind === "date") return this.date(first.id, value);
    if (field.kind === "people") {
      for (const person of [value].flat()) {
        const box = field.controls.find((one) => one.type === "checkbox" && one.value === person);
        if (box === undefined) await this.type(control((one) => one.part === "other"), person);
        else {
          await this.reach(box.id);
          await this.keys.press("Space");
        }
      }
      return undefined;
    }
    if (field.kind === "evidence" || field.kind === "called") {
      const part = field.kind === "called" && typeof value === "string" ? "case" : Object.keys(value)[0];
      return this.type(control((one) => one.part === part), value[part] ?? value);
    }
    return this.type(first.id, String(value));
  }

  /** Enter a whole record, step by step, as somebody would. */
  async record(record) {
    const { steps, process, version, status, ...head } = record;
    for (const [path, value] of leaves(head, ["inputs"])) await this.enter("#case", path, value);
    const rounds = {};
    for (const { step, ...entry } of steps) {
      rounds[step] = (rounds[step] ?? 0) + 1;
      const section = `#steps [data-step="${step}"][data-round="${rounds[step]}"]`;
      if ((await this.page.locator(section).count()) === 0) await this.again(step, rounds[step] - 1);
      for (const [path, value] of leaves(entry, ["outputs"])) await this.enter(section, path, value);
    }
    await this.result(record);
  }

  /** Ask for one more repetition of a step. */
  async again(step, round) {
    const place = `#steps [data-step="${step}"][data-round="${round}"] [data-more] button`;
    const id = `again-${step}-${round}`;
    await this.page.locator(place).evaluate((button, name) => button.setAttribute("id", name), id);
    await this.press(id);
  }

  async result({ status, closed, end, cancelled }) {
    if (status !== undefined) await this.enter("#result", ["status"], status);
    if (closed !== undefined) await this.enter("#result", ["closed"], closed);
    if (end !== undefined) await this.enter("#result", ["end"], end);
    for (const [path, value] of leaves({ cancelled })) await this.enter("#result", path, value);
  }
}

const LATER = ["status", "closed", "end", "cancelled", "source", "deviations"];

function leaves(mapping, evidence = []) {
  return Object.entries(mapping).flatMap(([key, value]) => {
    if (LATER.includes(key) && key !== "cancelled") return [];
    if (value === undefined) return [];
    if (["checks", "fields", "cancelled", ...evidence].includes(key)) {
      return Object.entries(value).map(([name, one]) => [[key, name], one]);
    }
    return [[[key], value]];
  });
}
