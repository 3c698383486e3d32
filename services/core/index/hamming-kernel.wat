;; The loops of multi-index hashing over 256-bit hashes. Every search compares with the query at address 0 (32 bytes) and appends
;; hits (id, distance: 8 bytes) at $out; it answers how many hits there are now, of which those beyond $room were not written.
;;
;; Hashes lie in pages of 65,536, found through a table of page addresses at 64: in each, 32 bytes per hash, then one byte of
;; state per hash, 0 for absent. Bit k of a hash is bit k mod 8 of byte k / 8. Loads may reach 32 bytes past a region.
(module
  (memory (export "memory") 1)

  ;; Looks in the main segment's slots, $slots descriptions of 48 bytes: where its bucket offsets, tags, ids and masks are, how many
  ;; masks to try, the radius within the slot (below 0: skip it), first bit, key bits, which of a tag's bits are the slot's own, the
  ;; radius within slot and tag together, bytes of an id, and a word unused. It looks into the buckets key ^ mask; bucket k holds
  ;; postings offsets[k] to offsets[k + 1]. A tag is the 16 bits behind the key; sixteen are compared at a time.
  ;; What memory takes long to bring is asked for far ahead of its use only while no branch is guessed wrong: so the buckets' bounds
  ;; are fetched first, to $spans (8 bytes for each mask), then their tags compared, and blocks with candidates noted without a
  ;; branch at $notes (8 bytes each, up to $notesEnd).
  (func (export "searchMain")
    (param $slot i32) (param $slots i32) (param $radius i32) (param $spans i32) (param $notes i32) (param $notesEnd i32)
    (param $out i32) (param $room i32) (param $count i32) (result i32)
    (local $slotsEnd i32) (local $value i64) (local $key i32)
    (local.set $slotsEnd (i32.add (local.get $slot) (i32.mul (local.get $slots) (i32.const 48))))
    (loop $eachSlot
      (if (i32.ge_s (i32.load offset=20 (local.get $slot)) (i32.const 0))
        (then
          (local.set $value (call $bitsFrom (i32.const 0) (i32.load offset=24 (local.get $slot))))
          (local.set $key (i32.and (i32.wrap_i64 (local.get $value))
            (i32.sub (i32.shl (i32.const 1) (i32.load offset=28 (local.get $slot))) (i32.const 1))))
          (call $fetchSpans (local.get $slot) (local.get $key) (local.get $spans))
          (local.set $count (call $compareTags
            (local.get $slot)
            (i32.wrap_i64 (i64.shr_u (local.get $value) (i64.load32_u offset=28 (local.get $slot))))
            (local.get $radius) (local.get $spans) (local.get $notes) (local.get $notesEnd)
            (local.get $out) (local.get $room) (local.get $count)))))
      (br_if $eachSlot (i32.lt_u (local.tee $slot (i32.add (local.get $slot) (i32.const 48))) (local.get $slotsEnd))))
    (local.get $count))

  ;; The bits of a hash from one on, as many as 57 of them; behind the last comes the first again.
  (func $bitsFrom (param $hash i32) (param $firstBit i32) (result i64)
    (if (result i64) (i32.lt_u (local.get $firstBit) (i32.const 192))
      (then (i64.shr_u
        (i64.load (i32.add (local.get $hash) (i32.shr_u (local.get $firstBit) (i32.const 3))))
        (i64.extend_i32_u (i32.and (local.get $firstBit) (i32.const 7)))))
      (else (i64.or
        (i64.shr_u (i64.load offset=24 (local.get $hash)) (i64.extend_i32_u (i32.sub (local.get $firstBit) (i32.const 192))))
        ;; Shifts count modulo 64: nothing is lost, as the slot before bit 192 does not come here but for 192 itself.
        (select
          (i64.const 0)
          (i64.shl (i64.load (local.get $hash)) (i64.extend_i32_u (i32.sub (i32.const 256) (local.get $firstBit))))
          (i32.eq (local.get $firstBit) (i32.const 192)))))))

  ;; Where the postings of each bucket begin and end.
  (func $fetchSpans (param $slot i32) (param $key i32) (param $span i32)
    (local $offsets i32) (local $masks i32) (local $masksEnd i32) (local $bucket i32)
    (local.set $offsets (i32.load (local.get $slot)))
    (local.set $masks (i32.load offset=12 (local.get $slot)))
    (local.set $masksEnd (i32.add (local.get $masks) (i32.shl (i32.load offset=16 (local.get $slot)) (i32.const 2))))
    (loop $buckets
      (local.set $bucket (i32.add (local.get $offsets)
        (i32.shl (i32.xor (local.get $key) (i32.load (local.get $masks))) (i32.const 2))))
      (i64.store (local.get $span) (i64.load (local.get $bucket)))
      (local.set $span (i32.add (local.get $span) (i32.const 8)))
      (br_if $buckets (i32.lt_u (local.tee $masks (i32.add (local.get $masks) (i32.const 4))) (local.get $masksEnd)))))

  (func $compareTags
    (param $slot i32) (param $tagBits i32) (param $radius i32) (param $span i32) (param $notes i32) (param $notesEnd i32)
    (param $out i32) (param $room i32) (param $count i32) (result i32)
    (local $masks i32) (local $masksEnd i32) (local $away i32) (local $at i32) (local $end i32) (local $left i32) (local $bits i32)
    (local $tags i32) (local $ids i32) (local $idBytes i32) (local $note i32)
    (local $tag v128) (local $own v128) (local $a v128) (local $b v128) (local $ownLimit v128) (local $limit v128)
    (local.set $tags (i32.load offset=4 (local.get $slot)))
    (local.set $ids (i32.load offset=8 (local.get $slot)))
    (local.set $masks (i32.load offset=12 (local.get $slot)))
    (local.set $masksEnd (i32.add (local.get $masks) (i32.shl (i32.load offset=16 (local.get $slot)) (i32.const 2))))
    (local.set $idBytes (i32.load offset=40 (local.get $slot)))
    (local.set $tag (i16x8.splat (local.get $tagBits)))
    (local.set $own (i16x8.splat (i32.load offset=32 (local.get $slot))))
    (local.set $note (local.get $notes))
    (loop $buckets
      (local.set $at (i32.load (local.get $span)))
      (local.set $end (i32.load offset=4 (local.get $span)))
      (local.set $span (i32.add (local.get $span) (i32.const 8)))
      ;; What the bucket is away, the tag may not be.
      (local.set $away (i32.popcnt (i32.load (local.get $masks))))
      (local.set $ownLimit (i16x8.splat (i32.sub (i32.load offset=20 (local.get $slot)) (local.get $away))))
      (local.set $limit (i16x8.splat (i32.sub (i32.load offset=36 (local.get $slot)) (local.get $away))))
      (loop $postings
        (local.set $a (v128.xor (local.get $tag)
          (v128.load (i32.add (local.get $tags) (i32.shl (local.get $at) (i32.const 1))))))
        (local.set $b (v128.xor (local.get $tag)
          (v128.load offset=16 (i32.add (local.get $tags) (i32.shl (local.get $at) (i32.const 1))))))
        (local.set $left (i32.sub (local.get $end) (local.get $at)))
        (local.set $bits (i32.and
          (i8x16.bitmask (i8x16.narrow_i16x8_s
            (v128.and
              (i16x8.le_s (i16x8.extadd_pairwise_i8x16_u (i8x16.popcnt (local.get $a))) (local.get $limit))
              (i16x8.le_s
                (i16x8.extadd_pairwise_i8x16_u (i8x16.popcnt (v128.and (local.get $a) (local.get $own)))) (local.get $ownLimit)))
            (v128.and
              (i16x8.le_s (i16x8.extadd_pairwise_i8x16_u (i8x16.popcnt (local.get $b))) (local.get $limit))
              (i16x8.le_s
                (i16x8.extadd_pairwise_i8x16_u (i8x16.popcnt (v128.and (local.get $b) (local.get $own)))) (local.get $ownLimit)))))
          ;; Only the first $left of sixteen are of this bucket.
          (i32.sub
            (i32.shl (i32.const 1)
              (select (local.get $left) (i32.const 16) (i32.lt_u (local.get $left) (i32.const 16))))
            (i32.const 1))))
        (i32.store (local.get $note) (local.get $at))
        (i32.store offset=4 (local.get $note) (local.get $bits))
        (local.set $note (i32.add (local.get $note) (i32.shl (i32.ne (local.get $bits) (i32.const 0)) (i32.const 3))))
        (if (i32.ge_u (local.get $note) (local.get $notesEnd))
          (then
            (local.set $count (call $verify (local.get $ids) (local.get $idBytes) (local.get $notes) (local.get $note)
              (local.get $radius) (local.get $out) (local.get $room) (local.get $count)))
            (local.set $note (local.get $notes))))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br_if $postings (i32.lt_s (local.get $at) (local.get $end))))
      (br_if $buckets (i32.lt_u (local.tee $masks (i32.add (local.get $masks) (i32.const 4))) (local.get $masksEnd))))
    (call $verify (local.get $ids) (local.get $idBytes) (local.get $notes) (local.get $note)
      (local.get $radius) (local.get $out) (local.get $room) (local.get $count)))

  ;; Compares the hashes of the candidates noted.
  (func $verify
    (param $ids i32) (param $idBytes i32) (param $note i32) (param $notesEnd i32)
    (param $radius i32) (param $out i32) (param $room i32) (param $count i32) (result i32)
    (local $bits i32) (local $at i32) (local $idMask i32) (local $id i32) (local $page i32) (local $row i32) (local $distance i64) (local $limit i64)
    (local $a i64) (local $b i64) (local $c i64) (local $d i64)
    (if (i32.ge_u (local.get $note) (local.get $notesEnd)) (then (return (local.get $count))))
    (local.set $a (i64.load (i32.const 0)))
    (local.set $b (i64.load (i32.const 8)))
    (local.set $c (i64.load (i32.const 16)))
    (local.set $d (i64.load (i32.const 24)))
    (local.set $limit (i64.extend_i32_u (local.get $radius)))
    (local.set $idMask (select (i32.const 0xffffff) (i32.const -1) (i32.eq (local.get $idBytes) (i32.const 3))))
    (loop $notes
      (local.set $bits (i32.load offset=4 (local.get $note)))
      (local.set $at (i32.load (local.get $note)))
      (loop $candidates
        (local.set $id (i32.and (local.get $idMask) (i32.load (i32.add (local.get $ids)
          (i32.mul (i32.add (local.get $at) (i32.ctz (local.get $bits))) (local.get $idBytes))))))
        (local.set $page (i32.load offset=64 (i32.shl (i32.shr_u (local.get $id) (i32.const 16)) (i32.const 2))))
        (local.set $row (i32.add (local.get $page) (i32.shl (i32.and (local.get $id) (i32.const 65535)) (i32.const 5))))
        (local.set $distance (i64.add
          (i64.add
            (i64.popcnt (i64.xor (local.get $a) (i64.load (local.get $row))))
            (i64.popcnt (i64.xor (local.get $b) (i64.load offset=8 (local.get $row)))))
          (i64.add
            (i64.popcnt (i64.xor (local.get $c) (i64.load offset=16 (local.get $row))))
            (i64.popcnt (i64.xor (local.get $d) (i64.load offset=24 (local.get $row)))))))
        (if (i64.le_u (local.get $distance) (local.get $limit))
          (then (local.set $count
            (call $hit (local.get $id) (local.get $page) (local.get $distance) (local.get $out) (local.get $room) (local.get $count)))))
        (br_if $candidates (local.tee $bits (i32.and (local.get $bits) (i32.sub (local.get $bits) (i32.const 1))))))
      (br_if $notes (i32.lt_u (local.tee $note (i32.add (local.get $note) (i32.const 8))) (local.get $notesEnd))))
    (local.get $count))

  (func $hit
    (param $id i32) (param $page i32) (param $distance i64) (param $out i32) (param $room i32) (param $count i32) (result i32)
    (if (i32.eqz (i32.load8_u offset=2097152 (i32.add (local.get $page) (i32.and (local.get $id) (i32.const 65535)))))
      (then (return (local.get $count))))
    (if (i32.lt_u (local.get $count) (local.get $room))
      (then
        (local.set $out (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 3))))
        (i32.store (local.get $out) (local.get $id))
        (i32.store offset=4 (local.get $out) (i32.wrap_i64 (local.get $distance)))))
    (i32.add (local.get $count) (i32.const 1)))

  ;; Entries lately added, in 16 slots of 16 bits whose buckets are lists: heads[slot << 16 | value] and links[row * 16 + slot] hold
  ;; a row plus 1, or 0 at the end. Looks in the buckets of the query's values, and in those one bit away where $isNear is 1.
  (func (export "searchRecent")
    (param $heads i32) (param $links i32) (param $ids i32) (param $isNear i32)
    (param $radius i32) (param $out i32) (param $room i32) (param $count i32) (result i32)
    (local $slot i32) (local $value i32) (local $flip i32) (local $node i32) (local $id i32) (local $page i32) (local $row i32)
    (local $distance i64) (local $a i64) (local $b i64) (local $c i64) (local $d i64)
    (local.set $a (i64.load (i32.const 0)))
    (local.set $b (i64.load (i32.const 8)))
    (local.set $c (i64.load (i32.const 16)))
    (local.set $d (i64.load (i32.const 24)))
    (loop $slots
      (local.set $value (i32.load16_u (i32.shl (local.get $slot) (i32.const 1))))
      ;; 65536 flips no bit of the value.
      (local.set $flip (select (i32.const 1) (i32.const 65536) (local.get $isNear)))
      (loop $buckets
        (local.set $node (i32.load (i32.add (local.get $heads)
          (i32.shl
            (i32.or
              (i32.shl (local.get $slot) (i32.const 16))
              (i32.and (i32.xor (local.get $value) (local.get $flip)) (i32.const 65535)))
            (i32.const 2)))))
        (block $listDone
          (br_if $listDone (i32.eqz (local.get $node)))
          (loop $list
            (local.set $node (i32.sub (local.get $node) (i32.const 1)))
            (local.set $id (i32.load (i32.add (local.get $ids) (i32.shl (local.get $node) (i32.const 2)))))
            (local.set $page (i32.load offset=64 (i32.shl (i32.shr_u (local.get $id) (i32.const 16)) (i32.const 2))))
            (local.set $row (i32.add (local.get $page) (i32.shl (i32.and (local.get $id) (i32.const 65535)) (i32.const 5))))
            (local.set $distance (i64.add
              (i64.add
                (i64.popcnt (i64.xor (local.get $a) (i64.load (local.get $row))))
                (i64.popcnt (i64.xor (local.get $b) (i64.load offset=8 (local.get $row)))))
              (i64.add
                (i64.popcnt (i64.xor (local.get $c) (i64.load offset=16 (local.get $row))))
                (i64.popcnt (i64.xor (local.get $d) (i64.load offset=24 (local.get $row)))))))
            (if (i64.le_u (local.get $distance) (i64.extend_i32_u (local.get $radius)))
              (then (local.set $count
                (call $hit (local.get $id) (local.get $page) (local.get $distance) (local.get $out) (local.get $room) (local.get $count)))))
            (br_if $list (local.tee $node (i32.load (i32.add (local.get $links)
              (i32.shl (i32.or (i32.shl (local.get $node) (i32.const 4)) (local.get $slot)) (i32.const 2))))))))
        (br_if $buckets (i32.le_u (local.tee $flip (i32.shl (local.get $flip) (i32.const 1))) (i32.const 65536))))
      (br_if $slots (i32.lt_u (local.tee $slot (i32.add (local.get $slot) (i32.const 1))) (i32.const 16))))
    (local.get $count))

  ;; Puts the hash at $hash into the lists, as $row.
  (func (export "insertRecent") (param $heads i32) (param $links i32) (param $row i32) (param $hash i32)
    (local $slot i32) (local $head i32)
    (loop $slots
      (local.set $head (i32.add (local.get $heads) (i32.shl
        (i32.or
          (i32.shl (local.get $slot) (i32.const 16))
          (i32.load16_u (i32.add (local.get $hash) (i32.shl (local.get $slot) (i32.const 1)))))
        (i32.const 2))))
      (i32.store
        (i32.add (local.get $links) (i32.shl (i32.or (i32.shl (local.get $row) (i32.const 4)) (local.get $slot)) (i32.const 2)))
        (i32.load (local.get $head)))
      (i32.store (local.get $head) (i32.add (local.get $row) (i32.const 1)))
      (br_if $slots (i32.lt_u (local.tee $slot (i32.add (local.get $slot) (i32.const 1))) (i32.const 16)))))

  ;; Counts, for ids $from to $to of the states $one and $other, how many fall into each bucket of the slot whose key is the
  ;; $keyBits bits from $firstBit on: into offsets[key + 1].
  (func (export "countKeys")
    (param $from i32) (param $to i32) (param $one i32) (param $other i32)
    (param $firstBit i32) (param $keyBits i32) (param $offsets i32)
    (local $page i32) (local $row i32) (local $state i32) (local $keyMask i32) (local $at i32)
    (local.set $keyMask (i32.sub (i32.shl (i32.const 1) (local.get $keyBits)) (i32.const 1)))
    (block $done
      (loop $ids
        (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
        (local.set $page (i32.load offset=64 (i32.shl (i32.shr_u (local.get $from) (i32.const 16)) (i32.const 2))))
        (local.set $row (i32.and (local.get $from) (i32.const 65535)))
        (local.set $state (i32.load8_u offset=2097152 (i32.add (local.get $page) (local.get $row))))
        (if (i32.or (i32.eq (local.get $state) (local.get $one)) (i32.eq (local.get $state) (local.get $other)))
          (then
            (local.set $at (i32.add (local.get $offsets) (i32.shl
              (i32.and
                (i32.wrap_i64 (call $bitsFrom
                  (i32.add (local.get $page) (i32.shl (local.get $row) (i32.const 5))) (local.get $firstBit)))
                (local.get $keyMask))
              (i32.const 2))))
            (i32.store offset=4 (local.get $at) (i32.add (i32.load offset=4 (local.get $at)) (i32.const 1)))))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (br $ids))))

  ;; Turns the counts of buckets $from to $to, in offsets[1 …], into their first postings; $sum is how many postings come before
  ;; them, and the answer how many come before the next.
  (func (export "sumCounts") (param $offsets i32) (param $from i32) (param $to i32) (param $sum i32) (result i32)
    (local $count i32) (local $end i32)
    (local.set $end (i32.add (local.get $offsets) (i32.shl (local.get $to) (i32.const 2))))
    (local.set $offsets (i32.add (local.get $offsets) (i32.shl (local.get $from) (i32.const 2))))
    (loop $each
      (local.set $count (i32.load offset=4 (local.get $offsets)))
      (i32.store offset=4 (local.get $offsets) (local.get $sum))
      (local.set $sum (i32.add (local.get $sum) (local.get $count)))
      (br_if $each (i32.lt_u (local.tee $offsets (i32.add (local.get $offsets) (i32.const 4))) (local.get $end))))
    (local.get $sum))

  ;; Writes the postings of the same ids; afterwards offsets[key + 1] is where the bucket ends.
  (func (export "placePostings")
    (param $from i32) (param $to i32) (param $one i32) (param $other i32)
    (param $firstBit i32) (param $keyBits i32) (param $offsets i32) (param $tags i32) (param $idsAt i32) (param $idBytes i32)
    (local $page i32) (local $row i32) (local $state i32) (local $keyMask i32) (local $at i32) (local $bits i64) (local $posting i32)
    (local.set $keyMask (i32.sub (i32.shl (i32.const 1) (local.get $keyBits)) (i32.const 1)))
    (block $done
      (loop $ids
        (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
        (local.set $page (i32.load offset=64 (i32.shl (i32.shr_u (local.get $from) (i32.const 16)) (i32.const 2))))
        (local.set $row (i32.and (local.get $from) (i32.const 65535)))
        (local.set $state (i32.load8_u offset=2097152 (i32.add (local.get $page) (local.get $row))))
        (if (i32.or (i32.eq (local.get $state) (local.get $one)) (i32.eq (local.get $state) (local.get $other)))
          (then
            (local.set $bits (call $bitsFrom
              (i32.add (local.get $page) (i32.shl (local.get $row) (i32.const 5))) (local.get $firstBit)))
            (local.set $at (i32.add (local.get $offsets) (i32.shl
              (i32.and (i32.wrap_i64 (local.get $bits)) (local.get $keyMask)) (i32.const 2))))
            (local.set $posting (i32.load offset=4 (local.get $at)))
            (i32.store offset=4 (local.get $at) (i32.add (local.get $posting) (i32.const 1)))
            (i32.store16 (i32.add (local.get $tags) (i32.shl (local.get $posting) (i32.const 1)))
              (i32.wrap_i64 (i64.shr_u (local.get $bits) (i64.extend_i32_u (local.get $keyBits)))))
            (local.set $at (i32.add (local.get $idsAt) (i32.mul (local.get $posting) (local.get $idBytes))))
            (i32.store16 (local.get $at) (local.get $from))
            (i32.store8 offset=2 (local.get $at) (i32.shr_u (local.get $from) (i32.const 16)))
            (if (i32.eq (local.get $idBytes) (i32.const 4))
              (then (i32.store8 offset=3 (local.get $at) (i32.shr_u (local.get $from) (i32.const 24)))))))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (br $ids))))

  (func (export "fill") (param $at i32) (param $byte i32) (param $bytes i32)
    (memory.fill (local.get $at) (local.get $byte) (local.get $bytes)))
)
