// The severity is that of the chosen violation type, until somebody chooses another by hand.

function radiosOf(select) {
  const name = select.name.replace("violation_type_id", "severity");
  return [...select.form.querySelectorAll(`input[type=radio][name="${CSS.escape(name)}"]`)];
}

function proposed(select) {
  return select.selectedOptions[0]?.dataset.severity;
}

function follow(select) {
  const radios = radiosOf(select);
  const standing = radios.find((one) => one.checked)?.value;
  let byHand = Boolean(standing) && standing !== proposed(select);
  for (const radio of radios) radio.addEventListener("change", () => (byHand = true));
  select.addEventListener("change", () => {
    if (byHand) return;
    for (const radio of radios) radio.checked = radio.value === proposed(select);
  });
}

export function watchSeverity() {
  const selects = document.querySelectorAll('select[name$="violation_type_id"]');
  for (const select of selects) if (radiosOf(select).length) follow(select);
}
