// Filters by region, element, class. The page is whole without it. It writes nothing into the page but `hidden`, `open` and a count,
// reads the fragment (#region=519901) only to find it among the choices, and has no less-than sign and no ampersand: the page is XML.
'use strict';
(function () {
  var form = document.getElementById('filter');
  if (!form) return;
  var choices = ['region', 'element', 'class'].map(function (name) { return form.elements[name]; });
  var items = Array.from(document.querySelectorAll('details.item'));
  var rows = document.getElementById('by-item').tBodies[0].rows;
  function apply() {
    var region = choices[0].selectedIndex - 1, element = choices[1].selectedIndex - 1, kind = choices[2].value;
    var all = [region === -1, element === -1, kind === ''];
    var shown = 0;
    items.forEach(function (item, at) {
      var found = all.every(Boolean);
      item.querySelectorAll('.groups tbody').forEach(function (part) {
        var fits = [
          all[0] || part.dataset.r.split(' ').includes(String(region)),
          all[1] || part.dataset.e === String(element),
          all[2] || part.dataset.c === kind
        ].every(Boolean);
        part.hidden = !fits;
        found = found || fits;
      });
      item.hidden = !found;
      rows[at].hidden = !found;
      shown += found ? 1 : 0;
    });
    document.getElementById('f-count').textContent = shown;
  }
  function write() {
    var said = new URLSearchParams();
    choices.forEach(function (choice) { if (choice.value) said.set(choice.name, choice.value); });
    history.replaceState(null, '', '#' + said.toString());
    apply();
  }
  function read() {
    var said = new URLSearchParams(location.hash.slice(1));
    choices.forEach(function (choice) {
      var value = said.get(choice.name) || '';
      var at = Array.from(choice.options).findIndex(function (option) { return option.value === value; });
      choice.selectedIndex = Math.max(at, 0);
    });
    apply();
  }
  function fold(open) {
    items.forEach(function (item) { if (!item.hidden) item.open = open; });
  }
  choices.forEach(function (choice) { choice.addEventListener('change', write); });
  document.getElementById('f-reset').addEventListener('click', function () {
    choices.forEach(function (choice) { choice.selectedIndex = 0; });
    write();
  });
  document.getElementById('f-open').addEventListener('click', function () { fold(true); });
  document.getElementById('f-close').addEventListener('click', function () { fold(false); });
  window.addEventListener('hashchange', function () { if (location.hash.includes('=')) read(); });
  var opened = [];
  window.addEventListener('beforeprint', function () {
    opened = items.filter(function (item) { return !item.open; });
    opened.forEach(function (item) { item.open = true; });
  });
  window.addEventListener('afterprint', function () { opened.forEach(function (item) { item.open = false; }); });
  form.hidden = false;
  if (location.hash.includes('=')) read();
}());
