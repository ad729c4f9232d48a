// SPDX-License-Identifier: Apache-2.0
/// Secrets of a HashiCorp Vault or an OpenBao, over their HTTP API.
@NullMarked
package dev.tollgate.secrets.vault;

import org.jspecify.annotations.NullMarked;
