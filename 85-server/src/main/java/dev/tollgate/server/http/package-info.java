// SPDX-License-Identifier: Apache-2.0
/// HTTP without meaning: bounded bodies, guarded hosts and origins, request ids, plain replies and event streams
/// on Jetty's core handlers. What a path means is decided by the doors that are mounted on it.
@NullMarked
package dev.tollgate.server.http;

import org.jspecify.annotations.NullMarked;
