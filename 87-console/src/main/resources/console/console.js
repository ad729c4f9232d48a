// SPDX-License-Identifier: Apache-2.0
// Three small things: tell open parts that something changed, ask passkeys to sign, and give reading its time.
"use strict";

if (document.body.dataset.live === "yes") {
    const source = new EventSource("/console/live");
    source.onmessage = (event) => {
        if (event.data === '"ended"') {
            source.close();
            window.location.reload();
        } else {
            document.body.dispatchEvent(new CustomEvent("tollgate:changed"));
        }
    };
    window.addEventListener("pagehide", () => source.close());
}

async function sign(form) {
    const options = JSON.parse(form.dataset.options);
    const credential =
        form.dataset.passkey === "create"
            ? await navigator.credentials.create({
                  publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
              })
            : await navigator.credentials.get({
                  publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
              });
    form.elements.credential.value = JSON.stringify(credential.toJSON());
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.addEventListener("submit", async (event) => {
        const declines = event.submitter && event.submitter.value === "decline";
        if (declines || form.elements.credential.value) {
            return;
        }
        event.preventDefault();
        const problem = form.querySelector("[data-problem]");
        problem.textContent = "";
        try {
            await sign(form);
            form.requestSubmit(event.submitter);
        } catch (refused) {
            problem.textContent = "Your device did not sign: you must be verified, by fingerprint, face or PIN.";
        }
    });
}

for (const button of document.querySelectorAll("button[data-dwell]")) {
    button.disabled = true;
    window.setTimeout(() => {
        button.disabled = false;
    }, Number(button.dataset.dwell));
}

const code = document.querySelector("[data-code]");
if (code && window.location.hash.length > 1) {
    code.value = window.location.hash.slice(1);
    window.history.replaceState(null, "", window.location.pathname);
}
