// SPDX-License-Identifier: Apache-2.0
/// Signing in at an OpenID provider: the code flow with PKCE, by the Nimbus SDK.
@NullMarked
package dev.tollgate.console.oidc;

import org.jspecify.annotations.NullMarked;
