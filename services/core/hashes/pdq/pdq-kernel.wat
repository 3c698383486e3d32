;; The arithmetic of PDQ in single precision, in the very order of the C++ reference, so that every bit comes out the same.
;; Planes are rows of f32 lanes, a stride apart; strides are multiples of 16 bytes, and a plane holds a multiple of 16 rows.
(module
  (memory (export "memory") 1)

  ;; Luma of `pixels` pixels of 3 or 4 bytes, four at a time: (299 R + 587 G + 114 B) / 1000, rounded once, which is what doubles
  ;; rounded to f32 come to, too. `masks` says which bytes of 16 become pairs of 16 bits: red with green, then blue with nothing.
  ;; May read 16 bytes and write 3 lanes past the end.
  (func (export "luma") (param $from i32) (param $channels i32) (param $pixels i32) (param $to i32) (param $masks i32)
    (local $end i32) (local $step i32) (local $quad v128)
    (local $redGreen v128) (local $blue v128) (local $weights v128) (local $blueWeight v128) (local $thousand v128)
    (local.set $redGreen (v128.load (local.get $masks)))
    (local.set $blue (v128.load offset=16 (local.get $masks)))
    (local.set $weights (v128.const i16x8 299 587 299 587 299 587 299 587))
    (local.set $blueWeight (v128.const i16x8 114 0 114 0 114 0 114 0))
    (local.set $thousand (v128.const f32x4 1000 1000 1000 1000))
    (local.set $end (i32.add (local.get $to) (i32.shl (local.get $pixels) (i32.const 2))))
    (local.set $step (i32.shl (local.get $channels) (i32.const 2)))
    (loop $quads
      (local.set $quad (v128.load (local.get $from)))
      (v128.store (local.get $to) (f32x4.div
        (f32x4.convert_i32x4_s (i32x4.add
          (i32x4.dot_i16x8_s (i8x16.swizzle (local.get $quad) (local.get $redGreen)) (local.get $weights))
          (i32x4.dot_i16x8_s (i8x16.swizzle (local.get $quad) (local.get $blue)) (local.get $blueWeight))))
        (local.get $thousand)))
      (local.set $from (i32.add (local.get $from) (local.get $step)))
      (br_if $quads (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end)))))

  ;; Rows of `lanes` bytes, one after the other, as lanes; 16 at once, so that it reads and writes up to 15 past the end of each.
  (func (export "widen") (param $from i32) (param $lanes i32) (param $rows i32) (param $to i32) (param $toStride i32)
    (local $lane i32) (local $put i32) (local $bytes v128) (local $low v128) (local $high v128)
    (loop $each
      (local.set $lane (i32.const 0))
      (local.set $put (local.get $to))
      (loop $lanes
        (local.set $bytes (v128.load (i32.add (local.get $from) (local.get $lane))))
        (local.set $low (i16x8.extend_low_i8x16_u (local.get $bytes)))
        (local.set $high (i16x8.extend_high_i8x16_u (local.get $bytes)))
        (v128.store (local.get $put) (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_u (local.get $low))))
        (v128.store offset=16 (local.get $put) (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_u (local.get $low))))
        (v128.store offset=32 (local.get $put) (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_u (local.get $high))))
        (v128.store offset=48 (local.get $put) (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_u (local.get $high))))
        (local.set $put (i32.add (local.get $put) (i32.const 64)))
        (br_if $lanes (i32.lt_u (local.tee $lane (i32.add (local.get $lane) (i32.const 16))) (local.get $lanes))))
      (local.set $from (i32.add (local.get $from) (local.get $lanes)))
      (local.set $to (i32.add (local.get $to) (local.get $toStride)))
      (br_if $each (local.tee $rows (i32.sub (local.get $rows) (i32.const 1))))))

  ;; Writes a plane's columns as rows, in blocks of 16 rows (whole lines of the caches) and 4 lanes.
  (func (export "transpose")
    (param $from i32) (param $fromStride i32) (param $rows i32) (param $lanes i32) (param $to i32) (param $toStride i32)
    (local $row i32) (local $lane i32) (local $rowEnd i32) (local $at i32) (local $put i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $e v128) (local $f v128) (local $g v128) (local $h v128)
    (loop $bands
      (local.set $lane (i32.const 0))
      (loop $blocks
        (local.set $rowEnd (i32.add (local.get $row) (i32.const 16)))
        (local.set $at (i32.add (local.get $from) (i32.add
          (i32.mul (local.get $row) (local.get $fromStride))
          (i32.shl (local.get $lane) (i32.const 2)))))
        (loop $quads
          (local.set $a (v128.load (local.get $at)))
          (local.set $b (v128.load (local.tee $at (i32.add (local.get $at) (local.get $fromStride)))))
          (local.set $c (v128.load (local.tee $at (i32.add (local.get $at) (local.get $fromStride)))))
          (local.set $d (v128.load (local.tee $at (i32.add (local.get $at) (local.get $fromStride)))))
          (local.set $at (i32.add (local.get $at) (local.get $fromStride)))
          (local.set $e (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a) (local.get $b)))
          (local.set $f (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a) (local.get $b)))
          (local.set $g (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $c) (local.get $d)))
          (local.set $h (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $c) (local.get $d)))
          (local.set $put (i32.add (local.get $to) (i32.add
            (i32.mul (local.get $lane) (local.get $toStride))
            (i32.shl (local.get $row) (i32.const 2)))))
          (v128.store (local.get $put)
            (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $e) (local.get $g)))
          (v128.store (local.tee $put (i32.add (local.get $put) (local.get $toStride)))
            (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $e) (local.get $g)))
          (v128.store (local.tee $put (i32.add (local.get $put) (local.get $toStride)))
            (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $f) (local.get $h)))
          (v128.store (i32.add (local.get $put) (local.get $toStride))
            (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $f) (local.get $h)))
          (br_if $quads (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 4))) (local.get $rowEnd))))
        (local.set $row (i32.sub (local.get $row) (i32.const 16)))
        (br_if $blocks (i32.lt_u (local.tee $lane (i32.add (local.get $lane) (i32.const 4))) (local.get $lanes))))
      (br_if $bands (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 16))) (local.get $rows)))))

  ;; One box filter down `rows` rows of 16 lanes, which lie `fromStride` apart; their sums never leave the registers. Where `samples`
  ;; is 0 every row is written, else only that many, at the centers of equal parts. No side is shorter than `window`.
  (func (export "box")
    (param $from i32) (param $fromStride i32) (param $to i32) (param $toStride i32) (param $rows i32) (param $window i32)
    (param $samples i32)
    (local $step i32) (local $row i32) (local $ahead i32) (local $taken i32) (local $values i32) (local $isPower i32)
    (local $sample i32) (local $next i32) (local $divisor v128) (local $inverse v128) (local $near v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $taken (local.get $from))
    ;; 7 → 3 values ahead of the row, 8 → 4.
    (local.set $ahead (i32.sub (i32.div_u (i32.add (local.get $window) (i32.const 2)) (i32.const 2)) (i32.const 1)))
    (local.set $next (call $center (i32.const 0) (local.get $samples) (local.get $rows)))
    (loop $steps
      (local.set $row (i32.sub (local.get $step) (local.get $ahead)))
      (if (i32.lt_u (local.get $step) (local.get $rows))
        (then
          (local.set $a (f32x4.add (local.get $a) (v128.load (local.get $from))))
          (local.set $b (f32x4.add (local.get $b) (v128.load offset=16 (local.get $from))))
          (local.set $c (f32x4.add (local.get $c) (v128.load offset=32 (local.get $from))))
          (local.set $d (f32x4.add (local.get $d) (v128.load offset=48 (local.get $from))))
          (local.set $from (i32.add (local.get $from) (local.get $fromStride)))))
      (if (i32.ge_u (local.get $step) (local.get $window))
        (then
          (local.set $a (f32x4.sub (local.get $a) (v128.load (local.get $taken))))
          (local.set $b (f32x4.sub (local.get $b) (v128.load offset=16 (local.get $taken))))
          (local.set $c (f32x4.sub (local.get $c) (v128.load offset=32 (local.get $taken))))
          (local.set $d (f32x4.sub (local.get $d) (v128.load offset=48 (local.get $taken))))
          (local.set $taken (i32.add (local.get $taken) (local.get $fromStride)))))
      (if (i32.or (i32.lt_u (local.get $step) (local.get $window)) (i32.ge_u (local.get $step) (local.get $rows)))
        (then
          (local.set $values (i32.add (local.get $values)
            (select (i32.const 1) (i32.const -1) (i32.lt_u (local.get $step) (local.get $window)))))
          (local.set $divisor (f32x4.splat (f32.convert_i32_u (local.get $values))))
          (local.set $inverse (f32x4.div (v128.const f32x4 1 1 1 1) (local.get $divisor)))
          (local.set $isPower (i32.eqz (i32.and (local.get $values) (i32.sub (local.get $values) (i32.const 1)))))))
      (if (i32.eq (local.get $row) (local.get $next))
        (then
          ;; By a power of two, multiplying by its inverse is as exact as dividing, and faster.
          (if (local.get $isPower)
            (then
              (v128.store (local.get $to) (f32x4.mul (local.get $a) (local.get $inverse)))
              (v128.store offset=16 (local.get $to) (f32x4.mul (local.get $b) (local.get $inverse)))
              (v128.store offset=32 (local.get $to) (f32x4.mul (local.get $c) (local.get $inverse)))
              (v128.store offset=48 (local.get $to) (f32x4.mul (local.get $d) (local.get $inverse))))
            (else
              (if (i32.eq (local.get $values) (i32.const 3))
                (then
                  ;; So it is by three, with what remains: a sum less three times nearly its third is exact (Sterbenz), and no
                  ;; third lies nearer than a twelfth of a step to where rounding turns.
                  (local.set $near (f32x4.mul (local.get $a) (local.get $inverse)))
                  (v128.store (local.get $to) (f32x4.add (local.get $near) (f32x4.mul (local.get $inverse)
                    (f32x4.sub (f32x4.sub (local.get $a) (f32x4.add (local.get $near) (local.get $near))) (local.get $near)))))
                  (local.set $near (f32x4.mul (local.get $b) (local.get $inverse)))
                  (v128.store offset=16 (local.get $to) (f32x4.add (local.get $near) (f32x4.mul (local.get $inverse)
                    (f32x4.sub (f32x4.sub (local.get $b) (f32x4.add (local.get $near) (local.get $near))) (local.get $near)))))
                  (local.set $near (f32x4.mul (local.get $c) (local.get $inverse)))
                  (v128.store offset=32 (local.get $to) (f32x4.add (local.get $near) (f32x4.mul (local.get $inverse)
                    (f32x4.sub (f32x4.sub (local.get $c) (f32x4.add (local.get $near) (local.get $near))) (local.get $near)))))
                  (local.set $near (f32x4.mul (local.get $d) (local.get $inverse)))
                  (v128.store offset=48 (local.get $to) (f32x4.add (local.get $near) (f32x4.mul (local.get $inverse)
                    (f32x4.sub (f32x4.sub (local.get $d) (f32x4.add (local.get $near) (local.get $near))) (local.get $near))))))
                (else
                  (v128.store (local.get $to) (f32x4.div (local.get $a) (local.get $divisor)))
                  (v128.store offset=16 (local.get $to) (f32x4.div (local.get $b) (local.get $divisor)))
                  (v128.store offset=32 (local.get $to) (f32x4.div (local.get $c) (local.get $divisor)))
                  (v128.store offset=48 (local.get $to) (f32x4.div (local.get $d) (local.get $divisor)))))))
          (local.set $to (i32.add (local.get $to) (local.get $toStride)))
          (local.set $sample (i32.add (local.get $sample) (i32.const 1)))
          (if (i32.eqz (local.get $samples))
            (then (local.set $next (local.get $sample)))
            (else
              ;; A side shorter than 64 is sampled more than once at the same row.
              (block $moved
                (loop $again
                  (local.set $next (call $center (local.get $sample) (local.get $samples) (local.get $rows)))
                  (br_if $moved (i32.ne (local.get $next) (local.get $row)))
                  (memory.copy (local.get $to) (i32.sub (local.get $to) (local.get $toStride)) (i32.const 64))
                  (local.set $to (i32.add (local.get $to) (local.get $toStride)))
                  (local.set $sample (i32.add (local.get $sample) (i32.const 1)))
                  (br $again)))))))
      (br_if $steps (i32.lt_u
        (local.tee $step (i32.add (local.get $step) (i32.const 1)))
        (i32.add (local.get $rows) (local.get $ahead))))))

  ;; The row at the center of part `sample` of `samples`; every row where `samples` is 0; -1 after the last.
  (func $center (param $sample i32) (param $samples i32) (param $rows i32) (result i32)
    (if (i32.eqz (local.get $samples)) (then (return (local.get $sample))))
    (if (i32.ge_u (local.get $sample) (local.get $samples)) (then (return (i32.const -1))))
    (i32.div_u
      (i32.mul (i32.add (i32.shl (local.get $sample) (i32.const 1)) (i32.const 1)) (local.get $rows))
      (i32.shl (local.get $samples) (i32.const 1))))

  ;; to (16 × lanes) = matrix (16 × 64, or its like) × from (64 × lanes), lanes a multiple of 16; each sum runs from term 0 to 63.
  (func (export "multiply")
    (param $matrix i32) (param $from i32) (param $lanes i32) (param $to i32)
    (local $row i32) (local $lane i32) (local $term i32) (local $at i32) (local $weights i32) (local $stride i32)
    (local $weight v128) (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $stride (i32.shl (local.get $lanes) (i32.const 2)))
    (local.set $weights (local.get $matrix))
    (loop $rows
      (local.set $lane (i32.const 0))
      (loop $quads
        (local.set $a (v128.const i32x4 0 0 0 0))
        (local.set $b (v128.const i32x4 0 0 0 0))
        (local.set $c (v128.const i32x4 0 0 0 0))
        (local.set $d (v128.const i32x4 0 0 0 0))
        (local.set $at (i32.add (local.get $from) (local.get $lane)))
        (local.set $term (i32.const 0))
        (loop $terms
          (local.set $weight (v128.load32_splat (i32.add (local.get $weights) (local.get $term))))
          (local.set $a (f32x4.add (local.get $a) (f32x4.mul (local.get $weight) (v128.load (local.get $at)))))
          (local.set $b (f32x4.add (local.get $b) (f32x4.mul (local.get $weight) (v128.load offset=16 (local.get $at)))))
          (local.set $c (f32x4.add (local.get $c) (f32x4.mul (local.get $weight) (v128.load offset=32 (local.get $at)))))
          (local.set $d (f32x4.add (local.get $d) (f32x4.mul (local.get $weight) (v128.load offset=48 (local.get $at)))))
          (local.set $at (i32.add (local.get $at) (local.get $stride)))
          (br_if $terms (i32.lt_u (local.tee $term (i32.add (local.get $term) (i32.const 4))) (i32.const 256))))
        (v128.store (i32.add (local.get $to) (local.get $lane)) (local.get $a))
        (v128.store offset=16 (i32.add (local.get $to) (local.get $lane)) (local.get $b))
        (v128.store offset=32 (i32.add (local.get $to) (local.get $lane)) (local.get $c))
        (v128.store offset=48 (i32.add (local.get $to) (local.get $lane)) (local.get $d))
        (br_if $quads (i32.lt_u (local.tee $lane (i32.add (local.get $lane) (i32.const 64))) (local.get $stride))))
      (local.set $to (i32.add (local.get $to) (local.get $stride)))
      (local.set $weights (i32.add (local.get $weights) (i32.const 256)))
      (br_if $rows (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 1))) (i32.const 16)))))

  ;; The sum of gradients between neighbors of 64 × 64 samples, each in hundredths of the range and cut to a whole number.
  (func (export "gradientSum") (param $samples i32) (result i32)
    (local $at i32) (local $here v128) (local $sums v128) (local $end i32)
    (local.set $end (i32.add (local.get $samples) (i32.const 16384)))
    (local.set $at (local.get $samples))
    (loop $each
      (local.set $here (v128.load (local.get $at)))
      (if (i32.lt_u (local.get $at) (i32.sub (local.get $end) (i32.const 256)))
        (then (local.set $sums (i32x4.add (local.get $sums)
          (call $steps (local.get $here) (v128.load offset=256 (local.get $at)))))))
      (local.set $sums (i32x4.add (local.get $sums)
        (call $steps (local.get $here)
          (select
            ;; The last sample of a row has no neighbor on the right: compared with itself.
            (i8x16.shuffle 4 5 6 7 8 9 10 11 12 13 14 15 12 13 14 15 (local.get $here) (local.get $here))
            (v128.load offset=4 (local.get $at))
            (i32.eq (i32.and (i32.sub (local.get $at) (local.get $samples)) (i32.const 255)) (i32.const 240))))))
      (br_if $each (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $end))))
    (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $sums)) (i32x4.extract_lane 1 (local.get $sums)))
      (i32.add (i32x4.extract_lane 2 (local.get $sums)) (i32x4.extract_lane 3 (local.get $sums)))))

  (func $steps (param $a v128) (param $b v128) (result v128)
    (i32x4.abs (i32x4.trunc_sat_f32x4_s (f32x4.div
      (f32x4.mul (f32x4.sub (local.get $a) (local.get $b)) (v128.const f32x4 100 100 100 100))
      (v128.const f32x4 255 255 255 255)))))
)
