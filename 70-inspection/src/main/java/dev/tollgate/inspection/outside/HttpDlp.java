// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outside;

import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Value;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// A DLP system behind HTTP: `POST {"sink":…,"parts":{field: text}}`, answered by `{"verdict":"allow"}` or
/// `{"verdict":"deny"}`.
public final class HttpDlp implements DlpCheck {
    private final HttpLine line;
    private final Supplier<Optional<SecretValue>> credential;

    /// @param url        where it is asked
    /// @param most       how long it may take in all
    /// @param credential sent as bearer token; leased for each call, nothing when the system asks for none
    public HttpDlp(URI url, Duration most, Supplier<Optional<SecretValue>> credential) {
        this.line = new HttpLine(url, most);
        this.credential = credential;
    }

    @Override
    @RevealsSecret("the system is asked with its own credential")
    public Opinion check(String sink, SequencedMap<String, String> parts) {
        Map<String, Value> texts = new TreeMap<>();
        parts.forEach((field, text) -> texts.put(field, Value.of(text)));
        byte[] body =
                CanonicalJson.bytes(new Value.Fields(Map.of("sink", Value.of(sink), "parts", new Value.Fields(texts))));
        Map<String, String> headers = credential
                .get()
                .map(secret -> Map.of("Authorization", "Bearer " + secret.reveal()))
                .orElse(Map.of());
        return line.post(body, headers).map(Verdicts::read).orElseGet(() -> new Opinion.Silent("no answer"));
    }
}
