// SPDX-License-Identifier: Apache-2.0
/// The door to a webhook: one URL, a signed POST of canonical JSON.
@NullMarked
package dev.tollgate.connectors.webhook;

import org.jspecify.annotations.NullMarked;
