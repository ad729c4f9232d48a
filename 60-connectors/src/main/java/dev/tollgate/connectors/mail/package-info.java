// SPDX-License-Identifier: Apache-2.0
/// The door to a mail server: SMTP, through Jakarta Mail. One message at a time, plain text, to plain
/// addresses.
@NullMarked
package dev.tollgate.connectors.mail;

import org.jspecify.annotations.NullMarked;
