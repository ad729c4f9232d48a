// SPDX-License-Identifier: Apache-2.0
/// Signing keys that never leave a PKCS#11 token, a hardware security module or SoftHSM, called through its C
/// interface: the JDK's own provider for PKCS#11 has no Ed25519.
@NullMarked
package dev.tollgate.secrets.hsm;

import org.jspecify.annotations.NullMarked;
