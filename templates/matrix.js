(() => {
  "use strict";
  const table = document.getElementById("matriks");
  if (!table) return;
  const body = table.tBodies[0];
  const heads = [...table.querySelectorAll(".heads th")];
  const value = (row, column) => Number(row.cells[column].dataset.v);
  heads.forEach((head, column) => {
    head.querySelector("button").addEventListener("click", () => {
      const before = head.getAttribute("aria-sort");
      // The first click shows what is lacking: the lowest first; names go in their own order.
      const next = before === "ascending" ? "descending" : "ascending";
      heads.forEach((other) => other.setAttribute("aria-sort", "none"));
      head.setAttribute("aria-sort", next);
      const sign = next === "ascending" ? 1 : -1;
      const rows = [...body.rows].sort((a, b) => sign * (value(a, column) - value(b, column)) || value(a, 0) - value(b, 0));
      body.append(...rows);
    });
  });
})();
