// SPDX-License-Identifier: Apache-2.0
/// The door to a team's chat, in the shapes that Slack has made common: an incoming webhook, or
/// `chat.postMessage`.
@NullMarked
package dev.tollgate.connectors.chat;

import org.jspecify.annotations.NullMarked;
