// Which steps are asked for: the way from the start as far as the answers tell it.

const MOST = 2000;

/**
 * Follow the flow. `answer(step, round)` gives the option or outcome entered there, `again` holds
 * `<step>#<round>` for what is to be done once more, `done(visit)` says whether anything is entered.
 * Gives `items` (visits, and parallels with their branches) and `at`, the place where it stops: an
 * end, or "" where an answer is missing.
 */
export function walk({ flow, steps }, answer, again, done) {
  const rounds = new Map();
  const passed = new Map();
  let answers = 0;
  let budget = MOST;

  const count = (id) => {
    rounds.set(id, (rounds.get(id) ?? 0) + 1);
    return rounds.get(id);
  };

  const repeated = (id, round) => steps[id].repeatable && again.has(`${id}#${round}`);

  const visits = (id, items) => {
    let round = count(id);
    items.push({ step: id, round, repetition: false });
    while (repeated(id, round)) {
      round = count(id);
      items.push({ step: id, round, repetition: true });
    }
    return round;
  };

  const onward = (node, chosen) => {
    const { ways } = node;
    if (ways.length === 1 && ["next", "join"].includes(ways[0].kind)) return ways[0].to;
    const way = chosen && ways.find((one) => one.label === chosen);
    if (way) answers += 1;
    return way ? way.to : "";
  };

  const untouched = (made) => !made.some((branch) => [...visitsOf(branch.items)].some(done));

  const branches = (node, items) => {
    const join = `join:${node.id}`;
    for (;;) {
      const round = count(node.id);
      const made = node.ways.map((way) => follow(way.to, join));
      items.push({ parallel: node.id, round, branches: made });
      const all = made.every((branch) => branch.at === join);
      if (!all && !(steps[node.id].optional && untouched(made))) return "";
      if (!repeated(node.id, round)) return onward(flow.nodes[join]);
    }
  };

  const follow = (first, until) => {
    const items = [];
    let place = first;
    while (place && place !== until) {
      const node = flow.nodes[place];
      budget -= 1;
      if (node === undefined || budget < 0) return { items, at: "" };
      if (node.kind === "end" || node.kind === "join") return { items, at: place };
      // Round and round without a question: nobody could ever get out of it.
      if (passed.get(place) === answers) return { items, at: "" };
      passed.set(place, answers);
      if (node.kind === "split") place = branches(node, items);
      else place = onward(node, answer(node.id, visits(node.id, items)));
    }
    return { items, at: place };
  };

  return follow(flow.start, "");
}

/** Every visit in the order of the form. */
export function* visitsOf(items) {
  for (const item of items) {
    if (item.step !== undefined) yield item;
    else for (const branch of item.branches) yield* visitsOf(branch.items);
  }
}

/** Steps left out although something later is done; says whether anything here is done. */
export function skipped(items, steps, isDone, later, found) {
  let onward = later;
  let any = false;
  for (const item of [...items].reverse()) {
    if (item.step !== undefined) {
      if (isDone(item)) onward = any = true;
      else if (onward && !steps[item.step].optional && !item.repetition) found.push(item);
      continue;
    }
    const left = [];
    const done = item.branches.map((one) => skipped(one.items, steps, isDone, onward, left));
    if (done.includes(true)) onward = any = true;
    if (done.includes(true) || !steps[item.parallel].optional) found.push(...left);
  }
  return any;
}
