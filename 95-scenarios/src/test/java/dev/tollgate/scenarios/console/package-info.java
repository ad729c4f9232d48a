// SPDX-License-Identifier: Apache-2.0
/// The console as people use it: Chromium, a virtual authenticator, and the whole gateway behind it.
@NullMarked
package dev.tollgate.scenarios.console;

import org.jspecify.annotations.NullMarked;
