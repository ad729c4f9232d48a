// SPDX-License-Identifier: Apache-2.0
/// WebAuthn: challenges that are ours, once, and the ceremonies that check what an authenticator signed.
@NullMarked
package dev.tollgate.console.passkey;

import org.jspecify.annotations.NullMarked;
