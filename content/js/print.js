/* For paper: what is folded is opened while one prints, for browsers whose style sheets cannot, and
   the foot names the address that the page really has. */

(function () {
  "use strict";

  let opened = [];

  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const each of opened) each.open = true;
    const address = document.querySelector(".printed-address");
    if (address) address.textContent = location.href;
  });
  addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
    opened = [];
  });
})();
