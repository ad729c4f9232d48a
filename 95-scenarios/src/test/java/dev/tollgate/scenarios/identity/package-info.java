// SPDX-License-Identifier: Apache-2.0
/// Who may come in, as whom, and what agents are handed: the token endpoint, tokens that only their owner
/// can use, certificates, and everything that thieves try.
@NullMarked
package dev.tollgate.scenarios.identity;

import org.jspecify.annotations.NullMarked;
