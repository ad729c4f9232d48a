// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.webhook;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.connectors.Loopback;
import java.net.URI;

/// Where a webhook is. The operator names the one URL; no message can name another.
///
/// @param url `https`; plain HTTP is for loopback only
public record WebhookConfig(URI url) {

    public WebhookConfig {
        require(url.getHost() != null && url.getUserInfo() == null, "a webhook is a URL without a user or a password");
        boolean plain = "http".equals(url.getScheme());
        require(plain || "https".equals(url.getScheme()), "a webhook is an https URL");
        require(!plain || Loopback.is(url.getHost()), "plain http reaches a webhook on loopback only, use https");
    }
}
