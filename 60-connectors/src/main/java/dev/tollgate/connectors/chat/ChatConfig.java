// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.chat;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.connectors.Loopback;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a chat is, and the one channel that is posted to.
///
/// @param url     with a channel, the method, for example `https://slack.com/api/chat.postMessage`, and
///     the credential is its token; without one, what comes before the secret part of an incoming
///     webhook, for example `https://hooks.slack.com/services/`, and the credential is that part
/// @param channel the channel; nothing for an incoming webhook, which has its own
public record ChatConfig(URI url, Optional<String> channel) {
    private static final Pattern CHANNEL = Pattern.compile("[#A-Za-z0-9_-]{1,80}");

    public ChatConfig {
        require(url.getHost() != null && url.getUserInfo() == null, "a chat is a URL without a user or a password");
        boolean plain = "http".equals(url.getScheme());
        require(plain || "https".equals(url.getScheme()), "a chat is an https URL");
        require(!plain || Loopback.is(url.getHost()), "plain http reaches a chat on loopback only, use https");
        require(
                channel.map(name -> CHANNEL.matcher(name).matches())
                        .orElse(String.valueOf(url.getPath()).endsWith("/")),
                "a chat has a channel, or a URL that ends with `/` before the secret part of an incoming webhook");
    }
}
