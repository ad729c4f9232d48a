// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The sections `tokens` and `tls` of a configuration file.
final class AccessText {
    private static final String REQUIRED = "required";

    private final ConfigurationText text;

    AccessText(ConfigurationText text) {
        this.text = text;
    }

    Access of(Map<String, Object> root) {
        Map<String, Object> tokens = text.section(root, "tokens");
        text.keys(tokens, "tokens.", Set.of("nonces", "scopes"));
        return new Access(text.truth(tokens, "nonces", false), scopes(tokens), tls(root));
    }

    private List<String> scopes(Map<String, Object> tokens) {
        Object value = tokens.getOrDefault("scopes", List.of());
        if (!(value instanceof List<?> list)) {
            text.problem("`tokens.scopes` must be a list");
            return List.of();
        }
        return list.stream().map(String::valueOf).toList();
    }

    private Optional<Access.Tls> tls(Map<String, Object> root) {
        Map<String, Object> tls = text.section(root, "tls");
        text.keys(tls, "tls.", Set.of("certificate", "key", "clients", "trust"));
        if (tls.isEmpty()) {
            return Optional.empty();
        }
        String clients = text.text(tls, "tls.", "clients").orElse("accepted");
        if (!clients.equals(REQUIRED) && !clients.equals("accepted")) {
            text.problem("`tls.clients` must be `accepted` or `required`");
        }
        Map<String, Path> trust = new TreeMap<>();
        for (Map<String, Object> each : text.maps(tls, "trust")) {
            text.keys(each, "tls.trust[].", Set.of("domain", "bundle"));
            Path bundle = text.path(text.required(each, "tls.trust[].", "bundle"));
            if (trust.put(text.required(each, "tls.trust[].", "domain"), bundle) != null) {
                text.problem("each `tls.trust[].domain` stands once");
            }
        }
        return Optional.of(new Access.Tls(
                text.path(text.required(tls, "tls.", "certificate")),
                text.path(text.required(tls, "tls.", "key")),
                clients.equals(REQUIRED),
                trust));
    }
}
