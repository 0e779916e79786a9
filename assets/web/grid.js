// The lists: look, number formats, cells, and fetching anew when the filter changes.
(() => {
  "use strict";
  const functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  const cells = (window.dashAgGridComponentFunctions =
    window.dashAgGridComponentFunctions || {});
  const MISSING = "–";
  const known = (value) => typeof value === "number" && Number.isFinite(value);

  functions.churnTheme = (agGrid) =>
    agGrid.themeQuartz.withParams({
      backgroundColor: "var(--surface)",
      foregroundColor: "var(--ink)",
      headerTextColor: "var(--muted)",
      headerBackgroundColor: "var(--surface)",
      borderColor: "var(--line)",
      rowHoverColor: "var(--hover)",
      accentColor: "var(--accent)",
      oddRowBackgroundColor: "var(--surface)",
      browserColorScheme: "inherit",
      fontFamily: "inherit",
      fontSize: 14,
      headerFontSize: 12.5,
      headerFontWeight: 550,
      wrapperBorder: false,
      wrapperBorderRadius: 0,
      columnBorder: false,
      cellHorizontalPadding: 12,
    });

  functions.churnShare = (value) =>
    known(value) ? `${(100 * value).toFixed(Math.abs(value) < 0.0995 && value ? 1 : 0)}%` : MISSING;
  functions.churnNumber = (value, digits) =>
    known(value)
      ? value.toLocaleString("en-US", {
          minimumFractionDigits: digits,
          maximumFractionDigits: digits,
        })
      : MISSING;
  functions.churnMoney = (value) => functions.churnNumber(value, Math.abs(value) < 100 ? 2 : 0);

  functions.churnWord = (value) =>
    value ? value[0].toUpperCase() + value.slice(1).replaceAll("_", " ") : MISSING;

  const go = (href) => {
    history.pushState({}, "", href);
    dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  };

  cells.CustomerLink = (params) => {
    if (!params.value) return null;
    const href = params.data.customer_path;
    const onClick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go(href);
    };
    return window.React.createElement("a", { href, onClick, tabIndex: -1 }, params.value);
  };

  const words = { insufficient_cadence: "Insufficient cadence" };
  cells.TierBadge = (params) => {
    if (!params.value) return null;
    const word = words[params.value] || params.value[0].toUpperCase() + params.value.slice(1);
    const element = window.React.createElement;
    const badge = element("span", { className: `tier tier-${params.value}` }, word);
    const marks = [
      params.data?.risk_is_unsure && "not sure",
      params.data?.tier_held && "held",
    ].filter(Boolean);
    if (!marks.length) return badge;
    const pills = marks.map((mark) =>
      element("span", { className: "pill pill-unsure", key: mark }, mark),
    );
    return element("span", { className: "tier-cell" }, badge, ...pills);
  };

  // Enter on a row leads where its link leads; the grid itself does not follow links.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const cell = event.target.closest?.(".ag-cell");
    cell?.querySelector("a")?.click();
  });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.grid = {
    refill: (_query, id) => {
      window.dash_ag_grid?.getApiAsync(id).then((api) => {
        if (!api.isDestroyed?.()) api.purgeInfiniteCache();
      });
      return window.dash_clientside.no_update;
    },
  };
})();
