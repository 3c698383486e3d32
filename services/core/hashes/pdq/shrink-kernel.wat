;; Shrinks a plane of bytes by averaging whole pixels: a band of rows into sums of columns, then spans of those sums into means.
(module
  (memory (export "memory") 1)

  ;; Adds up `rows` rows of `width` bytes; the sums, 16 bits each, lie from address 0. At most 257 rows.
  ;; Reads 15 bytes past the end of the last row, and writes 15 sums past the last.
  (func (export "sumRows") (param $from i32) (param $width i32) (param $rows i32)
    (local $column i32) (local $at i32) (local $row i32) (local $pixels v128) (local $low v128) (local $high v128)
    (loop $columns
      (local.set $low (v128.const i32x4 0 0 0 0))
      (local.set $high (v128.const i32x4 0 0 0 0))
      (local.set $at (i32.add (local.get $from) (local.get $column)))
      (local.set $row (i32.const 0))
      (loop $each
        (local.set $pixels (v128.load (local.get $at)))
        (local.set $low (i16x8.add (local.get $low) (i16x8.extend_low_i8x16_u (local.get $pixels))))
        (local.set $high (i16x8.add (local.get $high) (i16x8.extend_high_i8x16_u (local.get $pixels))))
        (local.set $at (i32.add (local.get $at) (local.get $width)))
        (br_if $each (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 1))) (local.get $rows))))
      (v128.store (i32.shl (local.get $column) (i32.const 1)) (local.get $low))
      (v128.store offset=16 (i32.shl (local.get $column) (i32.const 1)) (local.get $high))
      (br_if $columns (i32.lt_u (local.tee $column (i32.add (local.get $column) (i32.const 16))) (local.get $width)))))

  ;; Writes `spans` bytes: the mean of `rows` rows over each span of columns. `edges` lists where spans begin, 32 bits each, and
  ;; where the last ends, as addresses of sums.
  (func (export "meanSpans") (param $edges i32) (param $spans i32) (param $rows i32) (param $to i32)
    (local $at i32) (local $end i32) (local $begin i32) (local $sum i32) (local $last i32)
    (local.set $last (i32.add (local.get $to) (local.get $spans)))
    (loop $each
      (local.set $at (local.tee $begin (i32.load (local.get $edges))))
      (local.set $end (i32.load offset=4 (local.get $edges)))
      (local.set $sum (i32.const 0))
      (loop $columns
        (local.set $sum (i32.add (local.get $sum) (i32.load16_u (local.get $at))))
        (br_if $columns (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 2))) (local.get $end))))
      (i32.store8 (local.get $to) (i32.trunc_f32_u (f32.nearest (f32.div
        (f32.convert_i32_u (local.get $sum))
        (f32.convert_i32_u (i32.mul (local.get $rows)
          (i32.shr_u (i32.sub (local.get $end) (local.get $begin)) (i32.const 1))))))))
      (local.set $edges (i32.add (local.get $edges) (i32.const 4)))
      (br_if $each (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 1))) (local.get $last)))))
)
