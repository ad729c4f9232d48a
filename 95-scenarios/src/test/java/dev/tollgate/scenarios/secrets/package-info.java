// SPDX-License-Identifier: Apache-2.0
/// Credentials and signing keys: where they are kept, who hears of each use, and how they change.
@NullMarked
package dev.tollgate.scenarios.secrets;

import org.jspecify.annotations.NullMarked;
