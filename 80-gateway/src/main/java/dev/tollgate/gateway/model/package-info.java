// SPDX-License-Identifier: Apache-2.0
/// The way of a request to a model: who, stopped?, budget, the zone's models, secrets out, recorded,
/// asked, secrets out, recorded, answered.
@NullMarked
package dev.tollgate.gateway.model;

import org.jspecify.annotations.NullMarked;
