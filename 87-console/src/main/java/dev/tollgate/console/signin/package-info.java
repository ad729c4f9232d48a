// SPDX-License-Identifier: Apache-2.0
/// Enrolling a passkey with a one-time code, signing in with it, and signing out.
@NullMarked
package dev.tollgate.console.signin;

import org.jspecify.annotations.NullMarked;
