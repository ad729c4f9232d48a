// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.server.wire.Members;
import dev.tollgate.terms.Value;
import java.util.Map;

/// What a client says that it can be asked. A claim: it decides what a server may ask, never what it may give.
///
/// @param forms    asks its person to fill a form
/// @param urls     sends its person to a page
/// @param sampling runs a model
/// @param roots    lists its folders
public record ClientAbilities(boolean forms, boolean urls, boolean sampling, boolean roots) {
    private static final int FORMS = 1;
    private static final int URLS = 2;
    private static final int SAMPLING = 4;
    private static final int ROOTS = 8;

    /// Reads a `ClientCapabilities` object. An empty `elicitation` means forms (2025-11-25, "Elicitation").
    static ClientAbilities of(Value.Fields capabilities) {
        Value elicitation = capabilities.values().get("elicitation");
        boolean urls = elicitation instanceof Value.Fields modes && Members.has(modes, "url");
        boolean forms = elicitation instanceof Value.Fields modes && (Members.has(modes, "form") || !urls);
        return new ClientAbilities(
                forms, urls, Members.has(capabilities, "sampling"), Members.has(capabilities, "roots"));
    }

    /// The same client where pages are not known.
    ClientAbilities withoutPages() {
        return new ClientAbilities(forms, false, sampling, roots);
    }

    /// As a number, for a sealed session id.
    int bits() {
        return (forms ? FORMS : 0) | (urls ? URLS : 0) | (sampling ? SAMPLING : 0) | (roots ? ROOTS : 0);
    }

    /// From that number.
    static ClientAbilities of(int bits) {
        return new ClientAbilities(
                (bits & FORMS) != 0, (bits & URLS) != 0, (bits & SAMPLING) != 0, (bits & ROOTS) != 0);
    }

    /// Whether the client can be asked this.
    public boolean can(InputRequest request) {
        return switch (request.kind()) {
            case FORM -> forms;
            case URL -> urls;
            case SAMPLING -> sampling;
            case ROOTS -> roots;
        };
    }

    /// The capability that a request needs, as the error of 2026-07-28 names it.
    static Value.Fields required(InputRequest request) {
        Value.Fields none = new Value.Fields(Map.of());
        return new Value.Fields(
                switch (request.kind()) {
                    case FORM -> Map.of("elicitation", none);
                    case URL -> Map.of("elicitation", new Value.Fields(Map.of("url", none)));
                    case SAMPLING -> Map.of("sampling", none);
                    case ROOTS -> Map.of("roots", none);
                });
    }
}
