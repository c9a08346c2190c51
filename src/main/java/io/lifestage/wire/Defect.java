package io.lifestage.wire;

import java.util.Locale;

/** Why a record could not be used: the reason that its dead letter carries. */
public enum Defect {
  /** No value, on a topic where that deletes nothing. */
  NULL_VALUE,
  /** A deletion that does not say of what. */
  NULL_KEY,
  /** Fewer bytes than the framing takes. */
  TOO_SHORT,
  /** The first byte is not that of the framing: not Avro in Confluent wire format. */
  BAD_MAGIC_BYTE,
  /** The registry does not know the schema's id. */
  UNKNOWN_SCHEMA_ID,
  /** The schema's id is registered, but for other topics. */
  OTHER_SUBJECT,
  /** The bytes do not fit the schema that they announce. */
  UNDECODABLE,
  /** The bytes go on after the record ends. */
  TRAILING_BYTES,
  /** A type that the topic does not have. */
  UNKNOWN_TYPE,
  /** Something is missing without which the type says nothing. */
  MISSING_ATTRIBUTE,
  /** Neither a customer nor an anonymous visitor. */
  NO_CUSTOMER,
  /** A time that no clock shows: zero, or before 1970. */
  BAD_TIMESTAMP,
  /** A time too far ahead of when the broker appended the record. */
  FUTURE_TIMESTAMP,
  /** An id too long to be one. */
  OVERSIZE_ID,
  /** A value that cannot be: a negative quantity, a currency that does not exist, … */
  INVALID_VALUE,
  /** A definition that does not work, or not together with the others. */
  INVALID_DEFINITION,
  /** A deletion of something that is not ended in that way. */
  NOT_DELETABLE;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The reason as headers and metrics carry it. */
  public String code() {
    return code;
  }
}
