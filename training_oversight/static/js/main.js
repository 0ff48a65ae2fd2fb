// Everything works without these; each adds one convenience.
import { watchForms } from "./forms.js";
import { watchKeys } from "./keys.js";
import { watchLists } from "./lists.js";
import { watchMenus } from "./menus.js";
import { moveFocus, rememberScroll } from "./place.js";
import { watchFiles } from "./files.js";
import { watchSearch } from "./search.js";
import { watchRefreshing } from "./refresh.js";
import { watchInline } from "./inline.js";
import { watchQuick } from "./quick.js";
import { watchSeverity } from "./severity.js";
import { watchMethods } from "./methods.js";

document.documentElement.classList.add("js");
watchForms();
watchKeys();
watchLists();
watchMenus();
watchFiles();
watchSearch();
watchRefreshing();
watchInline();
watchQuick();
watchSeverity();
watchMethods();
rememberScroll();
moveFocus();
