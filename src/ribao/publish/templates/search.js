// Asks the index beside it. What is found is put on the page as text, never as markup.
const form = document.getElementById("ask");
const words = document.getElementById("words");
const count = document.getElementById("count");
const found = document.getElementById("found");
const MOST = 50;
const ready = import("./pagefind.js");
let asked = 0;

// An excerpt marks what matched; everything but its text and these marks is left behind.
function excerpt(markup) {
  const parsed = new DOMParser().parseFromString(markup, "text/html");
  const line = document.createElement("small");
  for (const node of parsed.body.childNodes) {
    const piece = node.nodeName === "MARK" ? document.createElement("mark") : document.createTextNode("");
    piece.textContent = node.textContent;
    line.append(piece);
  }
  return line;
}

function row(data) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = form.dataset.root + data.raw_url.replace(/^\/+/, "");
  const time = document.createElement("time");
  time.dateTime = data.meta.date;
  const day = document.createElement("b");
  day.textContent = data.meta.date.slice(5);
  const year = document.createElement("span");
  year.textContent = data.meta.date.slice(0, 4);
  time.append(day, year);
  const line = document.createElement("span");
  line.className = "line";
  line.append(data.meta.title, excerpt(data.excerpt));
  link.append(time, line);
  item.append(link);
  return item;
}

async function search() {
  const mine = ++asked;
  const query = words.value.trim();
  if (!query) {
    count.textContent = "";
    found.replaceChildren();
    return;
  }
  const pagefind = await ready;
  const { results } = await pagefind.search(query);
  const rows = await Promise.all(results.slice(0, MOST).map((result) => result.data()));
  if (mine !== asked) return;
  const text = rows.length ? form.dataset.some : form.dataset.none;
  count.textContent = text.replace("{count}", results.length);
  found.replaceChildren(...rows.map(row));
}

form.hidden = false;
words.value = new URLSearchParams(location.search).get("q") ?? "";
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const query = encodeURIComponent(words.value.trim());
  history.replaceState(null, "", `?q=${query}`);
  search();
});
words.addEventListener("input", search);
search();
