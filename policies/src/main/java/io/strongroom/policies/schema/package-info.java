/** The subset of JSON Schema (draft 2020-12) that bundles and known actions are described in. */
@NullMarked
package io.strongroom.policies.schema;

import org.jspecify.annotations.NullMarked;
