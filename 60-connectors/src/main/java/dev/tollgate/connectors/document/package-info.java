// SPDX-License-Identifier: Apache-2.0
/// A sink that keeps documents, encrypted and for a short time, until a message encloses them.
@NullMarked
package dev.tollgate.connectors.document;

import org.jspecify.annotations.NullMarked;
