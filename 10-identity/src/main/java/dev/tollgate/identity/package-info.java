// SPDX-License-Identifier: Apache-2.0
/// Who asks, and for whom: bearer tokens in which a person lets an agent act for minutes, and chains of such
/// tokens that only narrow. Proves identity and delegation; what policy permits is decided elsewhere.
@NullMarked
package dev.tollgate.identity;

import org.jspecify.annotations.NullMarked;
