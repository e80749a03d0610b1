"use strict";
document.documentElement.classList.add("scripted");
const field = document.getElementById("filter");
const articles = [...document.querySelectorAll("article")];
const texts = articles.map((article) => article.textContent.toLowerCase());
const show = () => {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  articles.forEach((article, index) => {
    const fits = words.every((word) => texts[index].includes(word));
    article.hidden = !fits;
    shown += fits;
  });
  document.querySelectorAll("section").forEach((section) => {
    const own = [...section.querySelectorAll("article")];
    section.hidden = own.length > 0 && own.every((article) => article.hidden);
  });
  document.getElementById("shown").textContent = words.length ? `${shown} of ${articles.length}` : "";
};
field.addEventListener("input", show);
