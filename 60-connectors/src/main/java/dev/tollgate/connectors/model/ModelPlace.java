// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.model;

import static dev.tollgate.terms.Require.require;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A model at a provider, under the name that zones use.
///
/// @param name       for example `small`
/// @param format     how its provider is spoken to
/// @param model      the provider's own name of it, with its version
/// @param url        the provider, without a path
/// @param credential name of the secret that it is paid with
public record ModelPlace(String name, Format format, String model, URI url, String credential) {
    /// How a provider is spoken to.
    public enum Format {
        /// `POST /v1/chat/completions`.
        OPENAI("/v1/chat/completions"),
        /// `POST /v1/messages`.
        ANTHROPIC("/v1/messages");

        private final String path;

        Format(String path) {
            this.path = path;
        }

        /// The format of a provider by its name, for example `openai`.
        public static Optional<Format> of(String provider) {
            return Arrays.stream(values())
                    .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(provider))
                    .findFirst();
        }

        /// Where requests go.
        public String path() {
            return path;
        }
    }

    public ModelPlace {
        require(!name.isBlank() && !model.isBlank(), "a model has a name here and a name at its provider");
        require(
                ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
                        && url.getHost() != null
                        && String.valueOf(url.getRawPath()).isEmpty(),
                "a provider's URL is `https://` and a host, without a path");
    }
}
