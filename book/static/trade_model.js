"use strict";

// The trade model of `gvc.counterfactual` with one tier, and `T` the rates of duty in force. `gvc/equilibrium.py` has the
// equations and the same names: axes are economy and sector of a product, g and n, and economy and user of who buys it,
// d and k; users are the sectors and, last, final demand. Lists of products and destinations are those of g, n, d.

const gvcTradeModel = (() => {
  const TOLERANCE = 1e-10;
  // Half as many as there: they take seconds on a phone. Only an economy that nearly ends its trade needs more.
  const ROUNDS = 1000;
  const MEMORY = 30;
  // A step is passed over where the later ones hold all but this part of its square.
  const ALIKE = 1e-14;

  const ratio = (over, under, otherwise) => (under === 0 ? otherwise : over / under);
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  const dot = (one, other) => {
    let total = 0;
    for (let i = 0; i < one.length; i += 1) total += one[i] * other[i];
    return total;
  };
  const add = (to, times, other) => {
    for (let i = 0; i < to.length; i += 1) to[i] += times * other[i];
  };
  const less = (one, other) => {
    const apart = new Float64Array(one.length);
    for (let i = 0; i < one.length; i += 1) apart[i] = one[i] - other[i];
    return apart;
  };

  // What takes the time: a row of a long list. By themselves they are a fifth faster than within their loops.
  const rowDot = (list, from, other, length) => {
    let total = 0;
    for (let k = 0; k < length; k += 1) total += list[from + k] * other[k];
    return total;
  };
  const addRow = (to, times, list, from, length) => {
    for (let k = 0; k < length; k += 1) to[k] += times * list[from + k];
  };

  // What is the same in all cases of a table: its uses, by d, n, g and k, and what is spent on them with duty.
  const world = ({ economies: G, sectors: N, Z, Y, T }) => {
    const K = N + 1;
    const uses = new Float64Array(G * N * G * K);
    const spent = new Float64Array(G * N * K);
    const x = new Float64Array(G * N);
    const final = new Float64Array(G);
    const inputs = new Float64Array(G * N);
    const duty = new Float64Array(G);
    for (let d = 0, to = 0; d < G; d += 1) {
      for (let n = 0; n < N; n += 1) {
        for (let g = 0; g < G; g += 1) {
          for (let k = 0; k < K; k += 1, to += 1) {
            const row = g * N + n;
            const use = k < N ? Z[row * G * N + d * N + k] : Y[row * G + d];
            const paid = use * (1 + T[row * G + d]);
            uses[to] = use;
            spent[(d * N + n) * K + k] += paid;
            x[row] += use;
            duty[d] += paid - use;
            if (k < N) inputs[d * N + k] += paid;
            else final[d] += paid;
          }
        }
      }
    }
    const factorShare = x.map((made, i) => ratio(made - inputs[i], made, 0));
    const income = new Float64Array(G);
    for (let i = 0; i < G * N; i += 1) income[(i / N) | 0] += x[i] - inputs[i];
    const costShare = spent.map((amount, i) => {
      const [d, k] = [(i / (N * K)) | 0, i % K];
      return ratio(amount, k < N ? x[d * N + k] : final[d], 0);
    });
    const balance = final.map((all, d) => all - income[d] - duty[d]);
    return { G, N, K, uses, spent, x, final, factorShare, income, costShare, balance, T: Float64Array.from(T) };
  };

  // The round of a state: unit costs, outputs and wages from the last.
  const rounds = ({ G, N, K, uses, spent, x, final, factorShare, income, costShare, balance, T }, theta, rates) => {
    const whole = sum(income);
    const slowly = 1 + sum(theta) / N;
    const after = new Float64Array(G * N * G);
    for (let d = 0, at = 0; d < G; d += 1) {
      for (let n = 0; n < N; n += 1) {
        for (let g = 0; g < G; g += 1, at += 1) {
          const i = (g * N + n) * G + d;
          after[at] = (1 + T[i]) * ((1 + rates[i]) / (1 + T[i])) ** -theta[n];
        }
      }
    }
    const bundle = new Float64Array(K);
    return (state) => {
      const image = new Float64Array(state.length);
      const [logCost, output, logWages] = [state.subarray(0, G * N), state.subarray(G * N, 2 * G * N), state.subarray(2 * G * N)];
      const fall = logCost.map((log, i) => Math.exp(-theta[i % N] * log));
      const wages = logWages.map(Math.exp);
      const prices = new Float64Array(G * K);
      // How uses move: by product and destination, times a factor by product, destination and user.
      const cheaper = new Float64Array(G * N * G);
      const moved = new Float64Array(G * N * K);
      const made = new Float64Array(G * N);
      const perFinal = new Float64Array(G * N * G);
      const duty = new Float64Array(G);
      const dutyPerFinal = new Float64Array(G);
      for (let d = 0; d < G; d += 1) {
        for (let n = 0; n < N; n += 1) {
          const block = (d * N + n) * G;
          const of = (d * N + n) * K;
          bundle.fill(0);
          for (let g = 0; g < G; g += 1) {
            const factor = fall[g * N + n] * after[block + g];
            const from = (block + g) * K;
            addRow(bundle, factor, uses, from, K);
            cheaper[(g * N + n) * G + d] = factor / (1 + rates[(g * N + n) * G + d]);
          }
          for (let k = 0; k < K; k += 1) {
            const cheapness = ratio(bundle[k], spent[of + k], 1);
            prices[d * K + k] -= (costShare[of + k] * Math.log(cheapness)) / theta[n];
            moved[of + k] = 1 / cheapness;
            bundle[k] = k < N ? output[d * N + k] / cheapness : 1 / cheapness;
          }
          for (let g = 0; g < G; g += 1) {
            const at = (g * N + n) * G + d;
            const from = (block + g) * K;
            const sold = cheaper[at] * rowDot(uses, from, bundle, N);
            made[g * N + n] += sold;
            perFinal[at] = cheaper[at] * uses[from + N] * bundle[N];
            duty[d] += rates[at] * sold;
            dutyPerFinal[d] += rates[at] * perFinal[at];
          }
        }
      }
      const spending = final.map((all, d) => ratio(wages[d] * income[d] + balance[d] + duty[d], all - dutyPerFinal[d], 1));
      const earned = new Float64Array(G);
      for (let i = 0; i < G * N; i += 1) {
        const g = (i / N) | 0;
        for (let d = 0; d < G; d += 1) made[i] += perFinal[i * G + d] * spending[d];
        earned[g] += factorShare[i] * made[i];
        image[i] = factorShare[i] * logWages[g] + prices[g * K + (i % N)];
        image[G * N + i] = ratio(made[i], x[i], 1);
      }
      const wanted = earned.map((all, g) => ratio(all, wages[g] * income[g], 1));
      // Not all the way: a dearer factor is wanted less, the more so the larger the elasticities.
      const dearer = logWages.map((log, g) => log + Math.log(Math.max(wanted[g], 0.01)) / slowly);
      const level = Math.log(dot(dearer.map(Math.exp), income) / whole);
      image.set(dearer.map((log) => log - level), 2 * G * N);
      let gap = 0;
      for (const apart of [...less(image, state), ...wanted.map((all) => all - 1)]) {
        if (!(Math.abs(apart) <= gap)) gap = Math.abs(apart); // not a number is the widest
      }
      return { image, gap, prices, spending, cheaper, moved };
    };
  };

  // Weights of steps, of length 1 and the last first, that together come nearest to a move: least squares by Cholesky's
  // factor of their products. What those before hold nearly all of gets none.
  const nearest = (steps, move) => {
    const [kept, rows, weights] = [[], [], []];
    for (const step of steps) {
      const row = [];
      kept.forEach((other, i) => {
        row.push((other.products.get(step) - dot(row, rows[i])) / rows[i][i]);
      });
      const left = 1 - dot(row, row);
      if (left <= ALIKE) continue;
      kept.push(step);
      rows.push([...row, Math.sqrt(left)]);
    }
    kept.forEach(({ step }, i) => {
      weights.push((dot(step, move) - dot(weights, rows[i])) / rows[i][i]);
    });
    for (let i = kept.length - 1; i >= 0; i -= 1) {
      weights[i] /= rows[i][i];
      for (let j = 0; j < i; j += 1) weights[j] -= rows[i][j] * weights[i];
    }
    return kept.map((step, i) => [step, weights[i]]);
  };

  // Rounds until nothing moves, or null. Each begins with the image of the last, less what steps between the last rounds
  // say would go on, were all linear (Anderson 1965).
  const fixedPoint = (advance, start) => {
    let [state, safe, least, steps, last] = [start, start, Infinity, [], null];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const now = advance(state);
      if (now.gap <= TOLERANCE) return { state, now, round };
      if (now.gap < 10 * least) {
        [safe, least] = [now.image, Math.min(least, now.gap)];
        const move = less(now.image, state);
        if (last) {
          const [step, change] = [less(move, last.move), less(now.image, last.image)];
          const size = Math.sqrt(dot(step, step));
          const scaled = { step: step.map((part) => part / size), change: change.map((part) => part / size) };
          scaled.products = new WeakMap(steps.map((other) => [other, dot(scaled.step, other.step)]));
          steps = [scaled, ...steps.slice(0, MEMORY - 1)];
        }
        last = { move, image: now.image };
        state = now.image.slice();
        for (const [{ change }, weight] of nearest(steps, move)) add(state, -weight, change);
      } else {
        // Too far, or not a number: go on from the last good round.
        [state, least, steps, last] = [safe, Infinity, [], null];
      }
    }
    return null;
  };

  // The value added that the final demand of an economy holds, by origin, as `value_added_in_final_demand` counts it: of
  // what it buys, their inputs, and so on. Duties on inputs are value added of who pays them.
  const content = ({ G, N, K, uses, x }, { cheaper, moved, spending }, d) => {
    // Of each product what goes into an amount of every product; and the other way round, what goes into each in all.
    const part = new Float64Array(N);
    const inputs = (made, take) => {
      for (let c = 0; c < G; c += 1) {
        for (let n = 0; n < N; n += 1) {
          const block = (c * N + n) * G;
          for (let k = 0; k < N; k += 1) part[k] = moved[(c * N + n) * K + k] * ratio(made[c * N + k], x[c * N + k], 0);
          for (let g = 0; g < G; g += 1) take(g * N + n, c, cheaper[(g * N + n) * G + c], (block + g) * K);
        }
      }
    };
    const needed = new Float64Array(G * N);
    for (let i = 0; i < G * N; i += 1) {
      const from = ((d * N + (i % N)) * G + ((i / N) | 0)) * K;
      needed[i] = cheaper[i * G + d] * uses[from + N] * moved[(d * N + (i % N)) * K + N] * spending[d];
    }
    const all = sum(needed);
    for (let added = needed; sum(added) > 1e-9 * all; ) {
      const next = new Float64Array(G * N);
      inputs(added, (i, _, factor, from) => {
        next[i] += factor * rowDot(uses, from, part, N);
      });
      added = next;
      add(needed, 1, added);
    }
    const into = new Float64Array(G * N);
    inputs(needed, (_, c, factor, from) => {
      for (let k = 0; k < N; k += 1) into[c * N + k] += factor * uses[from + k] * part[k];
    });
    const found = new Float64Array(G);
    for (let i = 0; i < G * N; i += 1) found[(i / N) | 0] += needed[i] - into[i];
    return found;
  };

  // What becomes of a world with duties: `rates` by g, n and d, 0.25 for 25 per cent; `theta` by sector. Of wages, prices
  // of final demand and real income the factors; `flows` by g, n and d, before duty, and `content(d)`, the value added by
  // origin that an economy's final demand holds, in the unit of the table. Null where no equilibrium is found.
  const solve = (of, theta, rates) => {
    const { G, N, K, uses } = of;
    const start = new Float64Array(2 * G * N + G).fill(1, G * N, 2 * G * N);
    const found = fixedPoint(rounds(of, theta, rates), start);
    if (!found || found.now.spending.some((factor) => factor < 0)) return null;
    const { cheaper, moved, prices, spending } = found.now;
    const output = found.state.subarray(G * N, 2 * G * N);
    const flows = new Float64Array(G * N * G);
    for (let d = 0; d < G; d += 1) {
      for (let n = 0; n < N; n += 1) {
        const weight = Float64Array.from({ length: K }, (_, k) => moved[(d * N + n) * K + k] * (k < N ? output[d * N + k] : spending[d]));
        for (let g = 0; g < G; g += 1) {
          const from = ((d * N + n) * G + g) * K;
          const at = (g * N + n) * G + d;
          for (let k = 0; k < K; k += 1) flows[at] += uses[from + k] * weight[k];
          flows[at] *= cheaper[at];
        }
      }
    }
    const level = Float64Array.from({ length: G }, (_, d) => Math.exp(prices[d * K + N]));
    return {
      wages: found.state.subarray(2 * G * N).map(Math.exp),
      prices: level,
      realIncome: spending.map((factor, d) => factor / level[d]),
      flows,
      content: (d) => content(of, found.now, d),
      rounds: found.round,
    };
  };

  return { world, solve };
})();
