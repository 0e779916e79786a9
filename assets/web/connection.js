// Says so when the server cannot be reached: the page still shows what it had.
(() => {
  "use strict";
  const ID = "connection-notice";
  const TEXT = "No connection. These are the numbers from before.";
  const plainFetch = window.fetch.bind(window);

  const place = () => {
    const found = document.getElementById(ID);
    if (found) return found;
    const made = document.createElement("div");
    made.id = ID;
    made.className = "connection-notice";
    made.setAttribute("role", "alert");
    document.body.append(made);
    return made;
  };
  const say = (text) => {
    if (text || document.getElementById(ID)) place().textContent = text;
  };
  const isCallback = (what) => String(what?.url ?? what).includes("/_dash-update-component");

  window.fetch = async (what, ...rest) => {
    if (!isCallback(what)) return plainFetch(what, ...rest);
    try {
      const answer = await plainFetch(what, ...rest);
      say("");
      return answer;
    } catch (error) {
      // A page that is left behind aborts its requests: that is no lost connection.
      if (error?.name !== "AbortError") say(TEXT);
      throw error;
    }
  };
})();
