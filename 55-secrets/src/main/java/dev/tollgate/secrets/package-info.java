// SPDX-License-Identifier: Apache-2.0
/// Credentials and keys: where secrets come from (`SecretStore`), the keys that sign and seal, and the provider
/// that does the arithmetic. A secret is leased for minutes, at the place that sends it on, and prints as `***`
/// anywhere else.
@NullMarked
package dev.tollgate.secrets;

import org.jspecify.annotations.NullMarked;
