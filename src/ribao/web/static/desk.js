// The desk's hands: keys, dragging, lighting up evidence, passkeys. Pages work without it.
"use strict";
(() => {
  const $ = (wanted, root = document) => root.querySelector(wanted);
  const all = (wanted, root = document) => [...root.querySelectorAll(wanted)];
  const token = () => document.body.dataset.formToken || "";
  let current = "";  // the story that keys act on

  // htmx: every request of ours carries the form's token.
  document.addEventListener("htmx:config:request", (event) => {
    const request = event.detail.ctx && event.detail.ctx.request;
    if (request && token()) request.headers["X-Form-Token"] = token();
  });
  document.addEventListener("htmx:after:swap", () => { mark(current, false); });

  // --- evidence ---------------------------------------------------------------------------------
  function light(place) {
    for (const one of all(".passage.lit, .sentence.lit")) one.classList.remove("lit");
    if (!place) return;
    const lit = all(".passage").filter((one) => one.dataset.places.split(" ").includes(place));
    for (const one of lit) one.classList.add("lit");
    const sentence = $(`.sentence[data-place="${CSS.escape(place)}"]`);
    if (sentence) sentence.classList.add("lit");
    const first = lit.find((one) => one.closest(".text")) || lit[0];
    if (first) reveal(first);
  }
  function reveal(mark_) {
    const box = mark_.closest(".text");
    if (box) box.scrollTop += mark_.getBoundingClientRect().top - box.getBoundingClientRect().top - 40;
    const side = mark_.closest(".reports-side");
    if (side && side.scrollHeight > side.clientHeight) {
      side.scrollTop += mark_.getBoundingClientRect().top - side.getBoundingClientRect().top - 160;
    }
  }
  document.addEventListener("pointerover", (event) => {
    const sentence = event.target.closest(".sentence[data-place]");
    if (sentence) light(sentence.dataset.place);
  });
  document.addEventListener("focusin", (event) => {
    const box = event.target.closest(".sentence-box");
    const sentence = box && $(".sentence[data-place]", box);
    if (sentence) light(sentence.dataset.place);
  });
  document.addEventListener("pointerover", (event) => {
    const passage = event.target.closest(".passage");
    if (!passage) return;
    for (const one of all(".sentence.lit")) one.classList.remove("lit");
    for (const place of passage.dataset.places.split(" ")) {
      const sentence = $(`.sentence[data-place="${CSS.escape(place)}"]`);
      if (sentence) sentence.classList.add("lit");
    }
  });

  // --- dragging: one set of handlers for mouse, pen and finger -----------------------------------
  let carried = null;
  function under(x, y) {
    const element = document.elementFromPoint(x, y);
    const card = element && element.closest(".card");
    const shelf = element && element.closest(".shelf");
    return { card: card && card !== carried.row ? card : null, shelf };
  }
  function clear() {
    for (const one of all(".over-here, .over-end, .onto")) one.classList.remove("over-here", "over-end", "onto");
  }
  document.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest(".handle");
    if (!handle || event.button > 0) return;
    const row = handle.closest("[data-story]");
    carried = { row, story: row.dataset.story, waiting: row.classList.contains("wait"), moved: false };
    event.preventDefault();
    row.classList.add("carried");
  });
  document.addEventListener("pointermove", (event) => {
    if (!carried) return;
    carried.moved = true;
    clear();
    const { card, shelf } = under(event.clientX, event.clientY);
    if (card) {
      const box = card.getBoundingClientRect();
      const part = (event.clientY - box.top) / box.height;
      if (event.shiftKey) card.classList.add("onto");
      else card.classList.add(part < 0.5 ? "over-here" : "over-end");
    } else if (shelf) {
      const list = $(".cards", shelf);
      if (list) list.classList.add("over-end");
    }
    if (event.clientY < 60) window.scrollBy(0, -18);
    if (event.clientY > window.innerHeight - 60) window.scrollBy(0, 18);
  });
  document.addEventListener("pointerup", (event) => {
    if (!carried) return;
    const { row, story, waiting, moved } = carried;
    const { card, shelf } = under(event.clientX, event.clientY);
    row.classList.remove("carried");
    clear();
    carried = null;
    if (!moved || !shelf) return;
    const fields = { story, section: shelf.dataset.section, verb: waiting ? "take" : "place" };
    if (card && event.shiftKey) {
      send({ verb: "merge", into: card.dataset.story, other: story });
      return;
    }
    if (!waiting) {
      let before = card;
      if (card) {
        const box = card.getBoundingClientRect();
        if ((event.clientY - box.top) / box.height >= 0.5) before = next(card, row);
      }
      fields.before = before ? before.dataset.story : "";
      if (before === row) return;
    }
    send(fields);
  });
  document.addEventListener("pointercancel", () => {
    if (carried) carried.row.classList.remove("carried");
    carried = null;
    clear();
  });
  function next(card, skip) {
    let found = card.nextElementSibling;
    while (found && (found === skip || !found.classList.contains("card"))) found = found.nextElementSibling;
    return found;
  }
  function send(fields) {
    const form = $("#mover");
    if (!form) return;
    const input = form.querySelector("input[name=order]");
    input.disabled = false;
    input.value = JSON.stringify(fields);
    current = fields.story || fields.into || "";
    form.requestSubmit();
    input.disabled = true;
  }

  // --- keys ---------------------------------------------------------------------------------------
  const rows = () => all(".card, .wait, .hit");
  function mark(story, scroll = true) {
    for (const one of all(".current")) one.classList.remove("current");
    const row = story && rows().find((one) => one.dataset.story === story);
    if (!row) return null;
    row.classList.add("current");
    if (scroll) {
      row.scrollIntoView({ block: "nearest" });
      const link = $("a[href]", row);
      if (link) link.focus({ preventScroll: true });
    }
    return row;
  }
  function walk(by) {
    const list = rows();
    if (!list.length) return;
    const at = list.findIndex((one) => one.dataset.story === current);
    const row = list[Math.max(0, Math.min(list.length - 1, at < 0 ? 0 : at + by))];
    current = row.dataset.story || "";
    mark(current);
  }
  function press(wanted) {
    const row = rows().find((one) => one.dataset.story === current);
    const button = row && $(wanted, row);
    if (button) button.click();
    return button;
  }
  const pages = { t: "/", p: "/publish", a: "/ask", s: "/sources", r: "/runs", l: "/learn", o: "/people" };
  let going = false;
  const actions = {
    "?": () => open("keys"),
    j: () => walk(1),
    k: () => walk(-1),
    J: () => press("[id^=down-]"),
    K: () => press("[id^=up-]"),
    p: () => press("[id^=pin-]"),
    t: () => press("[id^=take-]"),
    x: () => {
      const fold = press(".hold > summary");
      const input = fold && $("input[name=reason]", fold.parentElement);
      if (input) input.focus();
    },
    e: () => {
      const box = document.activeElement.closest(".sentence-box") || $(".sentence-box");
      const fold = box && $("details.edit", box);
      if (!fold) return;
      fold.open = true;
      const area = $("textarea", fold);
      area.focus();
    },
    u: () => { const one = $("#undo"); if (one && !one.disabled) one.click(); },
    r: () => { const one = $("#redo"); if (one && !one.disabled) one.click(); },
    "/": () => {
      const field = $("[data-find]");
      if (field) field.focus(); else location.href = "/ask";
    },
    g: () => { going = true; setTimeout(() => { going = false; }, 1500); },
  };
  function open(id) {
    const dialog = document.getElementById(id);
    if (dialog && !dialog.open) dialog.showModal();
  }
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (event.key === "Escape" && typing && !typing.closest("details[open]")) { typing.blur(); return; }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("textarea")) {
      const save = $("button.main", event.target.form);
      if (save) save.click();
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || $("dialog[open]")) return;
    if (going && pages[event.key]) { going = false; location.href = pages[event.key]; return; }
    const action = actions[event.key];
    if (action) { event.preventDefault(); action(); }
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest(".card, .wait");
    if (row) { current = row.dataset.story; mark(current, false); }
  });
  // Whatever opens to be filled in is ready for the words; a key would be a command elsewhere.
  document.addEventListener("toggle", (event) => {
    const fold = event.target;
    if (!fold.open || !fold.matches("details.rename, details.hold, details.edit") || !fold.contains(document.activeElement)) return;
    const field = $("input:not([type=hidden]), textarea", fold);
    if (field) field.focus({ preventScroll: true });
  }, true);

  // Small sheets close where one would expect it: outside, by Esc, when another opens.
  const folds = () => all("details.menu[open], details.rename[open], details.hold[open]");
  document.addEventListener("click", (event) => {
    for (const fold of folds()) if (!fold.contains(event.target)) fold.open = false;
  });
  document.addEventListener("keydown", (event) => {
    const fold = event.key === "Escape" && event.target.closest("details[open]");
    if (!fold) return;
    fold.open = false;
    $("summary", fold).focus();
    event.stopImmediatePropagation();
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) open(opener.dataset.open);
    const swapper = event.target.closest("[data-sheet]");
    if (swapper) show(swapper);
  });

  // --- previews -----------------------------------------------------------------------------------
  function show(button) {
    const sheet = $("#sheet");
    if (!sheet) return;
    sheet.src = button.dataset.sheet;
    sheet.classList.toggle("phone", button.dataset.width === "phone");
    for (const one of all("[data-sheet]")) one.setAttribute("aria-pressed", String(one === button));
  }

  // --- passkeys -----------------------------------------------------------------------------------
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  async function post(address, body) {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Form-Token": token() },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }
  async function register(form) {
    const options = await post("/passkeys/begin", {});
    options.challenge = bytes(options.challenge);
    options.user.id = bytes(options.user.id);
    for (const one of options.excludeCredentials || []) one.id = bytes(one.id);
    const made = await navigator.credentials.create({ publicKey: options });
    await post("/passkeys/finish", {
      label: form.elements.label.value,
      credential: {
        id: made.id, rawId: text(made.rawId), type: made.type,
        response: {
          attestationObject: text(made.response.attestationObject),
          clientDataJSON: text(made.response.clientDataJSON),
        },
      },
    });
    location.reload();
  }
  async function enter(form) {
    const options = await post("/passkeys/ask", {});
    const id = options.id;
    const wanted = options.options;
    wanted.challenge = bytes(wanted.challenge);
    for (const one of wanted.allowCredentials || []) one.id = bytes(one.id);
    const found = await navigator.credentials.get({ publicKey: wanted });
    const answer = await post("/passkeys/enter", {
      id,
      target: form.dataset.target || "/",
      credential: {
        id: found.id, rawId: text(found.rawId), type: found.type,
        response: {
          authenticatorData: text(found.response.authenticatorData),
          clientDataJSON: text(found.response.clientDataJSON),
          signature: text(found.response.signature),
          userHandle: found.response.userHandle ? text(found.response.userHandle) : null,
        },
      },
    });
    location.href = answer.target;
  }
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-passkey]");
    if (!form) return;
    event.preventDefault();
    const failed = $("[data-failed]", form);
    const work = form.dataset.passkey === "sign-in" ? enter : register;
    work(form).catch(() => { if (failed) failed.textContent = failed.dataset.failed; });
  });

  // --- a run under way ----------------------------------------------------------------------------
  const live = $("[data-live]");
  if (live) {
    const source = new EventSource(live.dataset.live);
    const cell = (step, key) => $(`[data-step="${CSS.escape(step)}"] .${key}`, live);
    source.addEventListener("reading", (event) => {
      const came = cell("collect", "came");
      if (came) came.textContent = JSON.parse(event.data).sources;
    });
    source.addEventListener("step", (event) => {
      const step = JSON.parse(event.data);
      for (const key of ["came", "kept", "dropped", "failed"]) {
        const found = cell(step.name, key);
        if (found) found.textContent = step[key];
      }
    });
    source.addEventListener("done", async () => {
      source.close();
      const answer = await fetch(location.href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      $("#desk").replaceWith($("#desk", page));
    });
    source.addEventListener("ended", () => { source.close(); location.href = "/sign-in"; });
  }
})();
