"use strict";
(() => {
  const all = (query, from = document) => [...from.querySelectorAll(query)];

  // Findings: by status, group and words.
  const form = document.getElementById("saring");
  if (form) {
    const findings = all("details.finding");
    const texts = findings.map((one) => one.textContent.toLowerCase());
    const apply = () => {
      const status = new Set(all("input[name=status]:checked", form).map((box) => box.value));
      const group = form.elements.group.value;
      const words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      findings.forEach((one, i) => {
        const fits = status.has(one.dataset.status) && (!group || one.dataset.group === group) && words.every((word) => texts[i].includes(word));
        one.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      all(".group").forEach((one) => { one.hidden = !one.querySelector("details.finding:not([hidden])"); });
      const output = form.querySelector("output");
      output.textContent = output.dataset.text.replace("{n}", shown);
    };
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    apply();
  }

  // Activities: only those that answer a risk.
  const pick = document.getElementById("pilih");
  if (pick) {
    pick.hidden = false;
    pick.addEventListener("input", (event) => document.getElementById("kegiatan").classList.toggle("only", event.target.checked));
  }

  // A link to a finding opens it, even when the filter hides it.
  const open = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !target.matches("details, tr")) return;
    if (target.matches("details")) {
      target.open = true;
      target.hidden = false;
      target.closest(".group").hidden = false;
    }
    target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();

  // Rows to the clipboard; the old way where a browser grants no clipboard to a file on disk.
  const oldWay = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  };
  const copy = (text) => (navigator.clipboard ? navigator.clipboard.writeText(text).catch(() => oldWay(text)) : oldWay(text));
  all("button.copy").forEach((button) => {
    const label = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => {
      copy(button.dataset.clip).then(() => button.dataset.done, () => button.dataset.failed).then((answer) => {
        button.textContent = answer;
        setTimeout(() => { button.textContent = label; }, 2500);
      });
    });
  });

  // Paper shows every finding.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details.finding:not([open]), #uang details:not([open])");
    closed.forEach((one) => { one.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((one) => { one.open = false; }));
})();
