;; Shrinks a plane of bytes by averaging whole pixels: a band of rows into sums of columns, these into totals from the left, then spans
;; of columns into means.
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

  ;; Adds the sums up from the left, eight at once: `upTo` takes width+1 totals of 32 bits, of none of them, of the first, and so on.
  (func (export "addUp") (param $upTo i32) (param $width i32)
    (local $at i32) (local $end i32) (local $sums v128) (local $values v128) (local $total v128)
    (local.set $end (i32.shl (local.get $width) (i32.const 1)))
    (i32.store (local.get $upTo) (i32.const 0))
    (local.set $upTo (i32.add (local.get $upTo) (i32.const 4)))
    (loop $each
      (local.set $sums (v128.load (local.get $at)))
      ;; Totals of four, each with all before it; the last of those before is the total so far.
      (local.set $values (i32x4.extend_low_i16x8_u (local.get $sums)))
      (local.set $values (i32x4.add (local.get $values)
        (i8x16.shuffle 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 (v128.const i64x2 0 0) (local.get $values))))
      (local.set $total (i32x4.add
        (i32x4.add (local.get $values)
          (i8x16.shuffle 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 (v128.const i64x2 0 0) (local.get $values)))
        (i8x16.shuffle 12 13 14 15 12 13 14 15 12 13 14 15 12 13 14 15 (local.get $total) (local.get $total))))
      (v128.store (local.get $upTo) (local.get $total))
      (local.set $values (i32x4.extend_high_i16x8_u (local.get $sums)))
      (local.set $values (i32x4.add (local.get $values)
        (i8x16.shuffle 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 (v128.const i64x2 0 0) (local.get $values))))
      (local.set $total (i32x4.add
        (i32x4.add (local.get $values)
          (i8x16.shuffle 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 (v128.const i64x2 0 0) (local.get $values)))
        (i8x16.shuffle 12 13 14 15 12 13 14 15 12 13 14 15 12 13 14 15 (local.get $total) (local.get $total))))
      (v128.store offset=16 (local.get $upTo) (local.get $total))
      (local.set $upTo (i32.add (local.get $upTo) (i32.const 32)))
      (br_if $each (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $end)))))

  ;; Writes `spans` bytes, four at once and up to three more: the mean of `rows` rows over each span of columns. `edges` lists where
  ;; spans begin, 32 bits each, and where the last ends, then the same three times more; each as an address of totals.
  (func (export "meanSpans") (param $edges i32) (param $spans i32) (param $rows i32) (param $to i32)
    (local $last i32) (local $ends v128) (local $begins v128) (local $totals v128) (local $before v128) (local $weight v128)
    (local.set $last (i32.add (local.get $to) (local.get $spans)))
    (local.set $weight (i32x4.splat (local.get $rows)))
    (loop $each
      (local.set $before (v128.load32_lane 0 (i32.load (local.get $edges)) (local.get $before)))
      (local.set $before (v128.load32_lane 1 (i32.load offset=4 (local.get $edges)) (local.get $before)))
      (local.set $before (v128.load32_lane 2 (i32.load offset=8 (local.get $edges)) (local.get $before)))
      (local.set $before (v128.load32_lane 3 (i32.load offset=12 (local.get $edges)) (local.get $before)))
      (local.set $totals (v128.load32_lane 3 (i32.load offset=16 (local.get $edges))
        (i8x16.shuffle 4 5 6 7 8 9 10 11 12 13 14 15 12 13 14 15 (local.get $before) (local.get $before))))
      (local.set $begins (v128.load (local.get $edges)))
      (local.set $ends (v128.load offset=4 (local.get $edges)))
      (local.set $totals (i32x4.trunc_sat_f32x4_s (f32x4.nearest (f32x4.div
        (f32x4.convert_i32x4_s (i32x4.sub (local.get $totals) (local.get $before)))
        (f32x4.convert_i32x4_s (i32x4.mul (local.get $weight)
          (i32x4.shr_u (i32x4.sub (local.get $ends) (local.get $begins)) (i32.const 2))))))))
      (v128.store32_lane 0 (local.get $to) (i8x16.swizzle (local.get $totals) (v128.const i8x16 0 4 8 12 0 0 0 0 0 0 0 0 0 0 0 0)))
      (local.set $edges (i32.add (local.get $edges) (i32.const 16)))
      (br_if $each (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 4))) (local.get $last)))))
)
